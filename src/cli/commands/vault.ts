import type { CommandContext } from '../command-context.ts'
import type { VaultCommandOptions } from '../program/vault-command.ts'
import { operator } from '../start/operator.ts'
import { readHubPlace } from '../start/read-hub-place.ts'

/** Verifies the vault or changes its master key. @returns 1 where a record does not open */
export async function execute(
  context: CommandContext,
  [task]: readonly unknown[],
  options: VaultCommandOptions,
): Promise<number> {
  const { console, rooms } = context
  const { verifyVault, rotateVault, finishRotation } = await rooms.hub()
  const place = await readHubPlace(context, options)

  if (task === 'finish') {
    const dropped = await finishRotation(place)
    if (console.json) await console.printJson({ dropped })
    else if (dropped.length === 0) await console.print('There is one key alone.\n')
    else
      await console.print(
        `Dropped: ${dropped.join(', ')}. Backups made before need them: keep those apart.\n`,
      )
    return 0
  }

  const progress = { onProgress: showProgress(context) }
  const result =
    task === 'rotate'
      ? await rotateVault(place, { ...progress, resume: options.resume === true, actor: operator() })
      : await verifyVault(place, progress)
  const { unreadable, current } = result
  if (console.json) await console.printJson(result)
  else {
    for (const { subject, why } of unreadable)
      await console.print(
        `${subject.kind} ${subject.subjectId} does not open: ${why === 'altered' ? 'it was altered or moved' : 'its key is missing'}\n`,
      )
    if ('sealed' in result)
      await console.print(
        `${result.sealed} records are sealed with ${current} now. Run \`mainspring vault finish\` in a minute.\n`,
      )
    else
      for (const [key, count] of Object.entries(result.byKey))
        await console.print(`${key}: ${count} records open${key === current ? ' (this key seals)' : ''}\n`)
  }
  return unreadable.length === 0 ? 0 : 1
}

/** A line that is written over, for a person who waits. */
function showProgress({ io }: CommandContext): (progress: { done: number; total: number }) => void {
  if (!io.terminal.stderr) return () => {}
  let shownAt = 0
  return ({ done, total }) => {
    if (done !== total && performance.now() - shownAt < 200) return
    shownAt = performance.now()
    io.stderr.write(`\r${done} of ${total}${done === total ? '\n' : ''}`)
  }
}
