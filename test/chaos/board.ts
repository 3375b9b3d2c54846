/** What was counted. The columns that are bad have to be 0, whatever happened. */
export interface Board {
  calls: number
  writesSent: number
  /** Calls that ended as `write/outcome-unknown`. */
  outcomesUnknown: number
  refreshes: number
  /** A record that one call created twice or more. */
  doubled: number
  /** Told as done and not there, or told as failed and there. */
  lost: number
  /** Renewals beyond the one that an end or withdrawal of a token asks for. */
  refreshesTooMany: number
  /** Accounts that have to be linked again though nothing was lost on the wire. */
  tokensLost: number
  /** Runs that failed with a token though another was there. */
  staleRuns: number
  rowsMissing: number
  rowsRepeated: number
  callsOverBudget: number
  /** Failures without a code of ours. */
  uncoded: number
  /** Calls that never ended. */
  hung: number
  canaryBytes: number
}

export const badColumns = [
  'doubled',
  'lost',
  'refreshesTooMany',
  'tokensLost',
  'staleRuns',
  'rowsMissing',
  'rowsRepeated',
  'callsOverBudget',
  'uncoded',
  'hung',
  'canaryBytes',
] as const satisfies readonly (keyof Board)[]

export function emptyBoard(): Board {
  return {
    calls: 0,
    writesSent: 0,
    outcomesUnknown: 0,
    refreshes: 0,
    doubled: 0,
    lost: 0,
    refreshesTooMany: 0,
    tokensLost: 0,
    staleRuns: 0,
    rowsMissing: 0,
    rowsRepeated: 0,
    callsOverBudget: 0,
    uncoded: 0,
    hung: 0,
    canaryBytes: 0,
  }
}

export function addBoard(sum: Board, part: Board): void {
  for (const column of Object.keys(sum) as (keyof Board)[]) sum[column] += part[column]
}

/** The bad columns that are not 0. */
export function faultsOf(board: Board): Partial<Board> {
  return Object.fromEntries(
    badColumns.filter((column) => board[column] > 0).map((column) => [column, board[column]]),
  )
}

export function boardText(board: Board): string {
  const bad: readonly string[] = badColumns
  return Object.entries(board)
    .map(
      ([column, count]) =>
        `  ${bad.includes(column) ? (count === 0 ? 'ok ' : 'BAD') : '   '} ${column.padEnd(18)} ${count}\n`,
    )
    .join('')
}
