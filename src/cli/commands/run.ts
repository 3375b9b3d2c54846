import { CliError } from '../../errors/index.ts'
import type { ActionPlan, ListingPlan } from '../../plan/index.ts'
import {
  accountOfCommand,
  confirmCall,
  confirmedByEnvironment,
  folderPlace,
  requestsOf,
} from '../call/confirm-call.ts'
import { type PreparedCall, prepareRun } from '../call/prepare-call.ts'
import { createSavedFile, type SavedFile } from '../call/save-file.ts'
import { shellQuote } from '../call/shell-quote.ts'
import { type TakenRows, takeRows } from '../call/take-rows.ts'
import type { CommandContext } from '../command-context.ts'
import { createProgress } from '../console/progress.ts'
import { traceEvent } from '../console/trace.ts'
import { printJsonResult, printNdjson } from '../output/print-json.ts'
import { rowsOf } from '../output/rows.ts'
import type { OutputFormat, RunCommandOptions } from '../program/call-commands.ts'

/** Runs an action and prints its data. */
export async function execute(
  context: CommandContext,
  [actionId]: readonly [string],
  options: RunCommandOptions,
): Promise<void> {
  const found = await (await context.openCatalog()).find(actionId)
  const through = options.all === true || options.limit !== undefined
  const listing = through ? listingOf(found.action) : undefined
  const call = await prepareRun(context, found, options)
  const saved =
    options.outFile === undefined ? undefined : createSavedFile(context.resolvePath(options.outFile))
  try {
    await confirmFirst(context, call, options)
    if (listing === undefined) await runOnce(context, call, options, saved)
    else await runThrough(context, call, listing, options)
  } finally {
    await saved?.discard()
    await call.close()
  }
}

/** @throws {PolicyError} before anything is sent, where the call has to be confirmed and is not */
async function confirmFirst(
  { io, rooms }: CommandContext,
  { connector, action, options: call, currentCredentials }: PreparedCall,
  { confirm, sandbox, origin, environment }: RunCommandOptions,
): Promise<void> {
  const which = confirmedByEnvironment(io.env)
  if (which === 'none') return
  const { explainAction } = await rooms.engine()
  const target = sandbox === true ? 'sandbox' : (origin ?? '')
  await confirmCall(await rooms.plan(), folderPlace(io.env), {
    action,
    which,
    token: confirm,
    call: {
      account: accountOfCommand(target, environment, call.credentials as Readonly<Record<string, unknown>>),
      action: action.qualifiedId,
      inputs: call.inputs,
    },
    requests: () =>
      requestsOf(() => explainAction(connector, action.id, { ...call, credentials: currentCredentials() })),
  })
}

async function runOnce(
  context: CommandContext,
  call: PreparedCall,
  options: RunCommandOptions,
  saved: SavedFile | undefined,
): Promise<void> {
  const { runAction } = await context.rooms.engine()
  const observer = options.trace ? { observer: traceInto(context) } : {}
  const result = await runAction(call.connector, call.action.id, {
    ...call.options,
    ...timeoutOf(options),
    ...observer,
    ...(saved === undefined ? {} : { saveFile: saved.saveFile }),
  })
  await saved?.keep()
  for (const warning of result.meta.warnings ?? []) await context.console.note(`warning: ${warning}`)
  await printData(context, options, result.data, result.next)
  await noteNext(context, call, result.next, formatOf(context, options, result.data))
}

/** All pages, or as many as a limit needs. */
async function runThrough(
  context: CommandContext,
  call: PreparedCall,
  listing: ListingPlan,
  options: RunCommandOptions,
): Promise<void> {
  const { console } = context
  const format = formatOf(context, options, [])
  const streamed = format === 'ndjson' || format === 'csv'
  const progress = createProgress(console, streamed && console.isTerminal('stdout'))
  const trace = options.trace ? traceInto(context) : undefined
  const listed = await rowsOfListing(context, call, listing, options, (event) => {
    trace?.(event)
    progress.see(event)
  })
  try {
    if (format === 'ndjson') await printNdjson(console, listed)
    else if (format === 'csv') await printCsvRows(context, listed)
    else {
      const rows = await Array.fromAsync(listed)
      await progress.done()
      await printData(context, options, rows, listed.end().next)
    }
    await console.flush()
  } finally {
    await progress.done()
  }
  const { next, cut } = listed.end()
  if (cut)
    await console.note(
      'There are more rows; this provider counts pages, so give a --limit of whole pages to go on from there.',
    )
  await noteNext(context, call, next, format)
}

/** @throws {CliError} `cli/usage`: the action has no pages */
function listingOf({ listing, qualifiedId }: ActionPlan): ListingPlan {
  if (listing !== undefined) return listing
  const message = `${qualifiedId} is no listing: --all and --limit have no meaning for it.`
  throw new CliError('cli/usage', { message, action: qualifiedId })
}

type Observer = NonNullable<PreparedCall['options']['observer']>

async function rowsOfListing(
  context: CommandContext,
  { connector, action, options: call }: PreparedCall,
  listing: ListingPlan,
  options: RunCommandOptions,
  observer: Observer,
): Promise<TakenRows> {
  const { runAction, iterateAction } = await context.rooms.engine()
  const given = { ...call, ...timeoutOf(options), observer }
  if (options.limit !== undefined) {
    const runPage = (inputs: Readonly<Record<string, unknown>>) =>
      runAction(connector, action.id, { ...given, inputs })
    return takeRows(runPage, action, listing, call.inputs, options.limit)
  }
  const rows = iterateAction(connector, action.id, given)
  return { [Symbol.asyncIterator]: () => rows, end: () => ({ cut: false }) }
}

async function printData(
  context: CommandContext,
  options: RunCommandOptions,
  data: unknown,
  next: string | undefined,
): Promise<void> {
  const { console } = context
  switch (formatOf(context, options, data)) {
    case 'json':
      return printJsonResult(console, data, next)
    case 'ndjson':
      return printNdjson(console, eachOf(rowsOf(data)))
    case 'csv':
      return printCsvRows(context, eachOf(rowsOf(data)))
    case 'table': {
      const { printTable, printRecord } = await import('../output/print-table.ts')
      return Array.isArray(data) ? printTable(console, data) : printRecord(console, data)
    }
  }
}

async function printCsvRows({ console }: CommandContext, rows: AsyncIterable<unknown>): Promise<void> {
  const { printCsv } = await import('../output/print-csv.ts')
  await printCsv(console, rows)
}

async function* eachOf(rows: readonly unknown[]): AsyncGenerator<unknown> {
  yield* rows
}

function formatOf({ console }: CommandContext, options: RunCommandOptions, data: unknown): OutputFormat {
  if (options.out !== undefined) return options.out
  return console.isTerminal('stdout') && !console.json && Array.isArray(data) ? 'table' : 'json'
}

function timeoutOf({ timeout }: RunCommandOptions): { readonly timeoutMs?: number } {
  return timeout === undefined ? {} : { timeoutMs: timeout }
}

function traceInto({ console }: CommandContext): Observer {
  return (event) => traceEvent(console, event)
}

/** How to go on; formats without a place for `next` get it here even for programs. */
async function noteNext(
  { console }: CommandContext,
  { action: { listing } }: PreparedCall,
  next: string | undefined,
  format: OutputFormat,
): Promise<void> {
  if (next === undefined || listing === undefined) return
  await console.flush()
  if (format === 'json') {
    await console.note(
      `There are more rows: pass \`next\` as --input ${listing.cursorInput}=…, or add --all.`,
    )
  } else if (console.json) {
    await console.report({ next })
  } else {
    const cursor = shellQuote(`${listing.cursorInput}=${next}`)
    await console.note(`There are more rows: add --input ${cursor}, or --all.`)
  }
}
