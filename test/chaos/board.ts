/** What was counted. The columns that are bad have to be 0, whatever happened. */
export interface Board {
  calls: number
  writesSent: number
  /** Calls that ended as `write/outcome-unknown`. */
  outcomesUnknown: number
  /** Writes whose answer was lost and that were found afterwards. */
  found: number
  /** Writes that were sent again because a look had proven that they had not happened. */
  sentAgain: number
  /** Reads that were answered "not modified". */
  notModified: number
  circuitsOpened: number
  /** Calls that their caller ended. */
  aborted: number
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
  /** Requests to a host whose circuit was open, for the account that asked. */
  callsThroughOpenCircuit: number
  /** Reads that gave what was not the latest at any moment of the call, or was another account's. */
  staleReads: number
  /** Calls that went on after their caller had ended them. */
  heldAfterAbort: number
  /** Places, turns in line, timers and requests that stayed after all calls were over. */
  leftBehind: number
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
  'callsThroughOpenCircuit',
  'staleReads',
  'heldAfterAbort',
  'leftBehind',
  'uncoded',
  'hung',
  'canaryBytes',
] as const satisfies readonly (keyof Board)[]

export function emptyBoard(): Board {
  return {
    calls: 0,
    writesSent: 0,
    outcomesUnknown: 0,
    found: 0,
    sentAgain: 0,
    notModified: 0,
    circuitsOpened: 0,
    aborted: 0,
    refreshes: 0,
    doubled: 0,
    lost: 0,
    refreshesTooMany: 0,
    tokensLost: 0,
    staleRuns: 0,
    rowsMissing: 0,
    rowsRepeated: 0,
    callsOverBudget: 0,
    callsThroughOpenCircuit: 0,
    staleReads: 0,
    heldAfterAbort: 0,
    leftBehind: 0,
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
        `  ${bad.includes(column) ? (count === 0 ? 'ok ' : 'BAD') : '   '} ${column.padEnd(24)} ${count}\n`,
    )
    .join('')
}
