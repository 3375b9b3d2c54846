import type { CommandContext } from '../command-context.ts'
import type { AuditCommandOptions } from '../program/audit-command.ts'
import { readHubPlace } from '../start/read-hub-place.ts'

/** Verifies the audit of every project. @returns 1 where one is broken */
export async function execute(
  context: CommandContext,
  _: readonly unknown[],
  options: AuditCommandOptions,
): Promise<number> {
  const { console, rooms } = context
  const { verifyAudit } = await rooms.hub()
  const place = await readHubPlace(context, options)
  const verdicts = await verifyAudit(place, options.head)
  const broken = verdicts.some((verdict) => verdict.broken !== null)
  const cut = options.head !== undefined && verdicts.every(({ holdsHead }) => holdsHead !== true)
  if (console.json) await console.printJson({ intact: !broken && !cut, projects: verdicts })
  else
    for (const { project, entries, head, broken: fault } of verdicts) {
      const end = head === null ? '' : `, last ${head.seq} ${head.hash}`
      await console.print(
        fault === null
          ? `${project}: intact, ${entries} entries${end}\n`
          : `${project}: BROKEN at entry ${fault.seq}: ${fault.why} (${entries} before it are intact)\n`,
      )
    }
  if (cut)
    await console.note(
      'The hash given with --head is in no chain: the end was cut off, or it is of another hub.',
    )
  return broken || cut ? 1 : 0
}
