import { prepareRun } from '../call/prepare-call.ts'
import { readStateFile, writeStateFile } from '../call/state-file.ts'
import type { CommandContext } from '../command-context.ts'
import { traceEvent } from '../console/trace.ts'
import type { SyncCommandOptions } from '../program/sync-command.ts'

/** Prints what is new since the state was made, and keeps how far it came. */
export async function execute(
  context: CommandContext,
  [actionId]: readonly [string],
  options: SyncCommandOptions,
): Promise<void> {
  const { console } = context
  const found = await (await context.openCatalog()).find(actionId)
  const shown = options.state ?? ''
  const file = options.state === undefined ? undefined : context.resolvePath(options.state)
  const state = file === undefined ? undefined : await readStateFile(file, shown)
  const call = await prepareRun(context, found, options)
  try {
    const { syncAction } = await context.rooms.sync()
    const pages = syncAction(call.connector, call.action.id, {
      ...call.options,
      state,
      ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout }),
      ...(options.trace === true ? { observer: (event) => traceEvent(console, event) } : {}),
    })
    let rows = 0
    let complete = true
    for await (const page of pages) {
      for (const row of page.rows) await console.print(`${console.mask.json(row)}\n`)
      // The state must never cover rows that the reader has not got.
      await console.flush()
      if (file !== undefined) await writeStateFile(file, shown, page.state)
      rows += page.rows.length
      complete = page.complete
    }
    await console.note(
      `${rows} row${rows === 1 ? '' : 's'}.${complete ? '' : ' There are more: run it again to go on from here.'}`,
    )
  } finally {
    await call.close()
  }
}
