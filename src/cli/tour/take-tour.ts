import { MainspringError } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import { reportError } from '../console/error-report.ts'
import type { RunningHub } from '../start/open-hub.ts'
import { tourConnector } from './tour-connector.ts'
import { createTourGuide, TourFailure } from './tour-guide.ts'
import { type TourFinds, tourParts } from './tour-parts.ts'

/**
 * Visits every part, whatever became of the ones before.
 *
 * @returns whether all went as they have to
 */
export async function takeTour(context: CommandContext, running: RunningHub): Promise<boolean> {
  const { console, io } = context
  const guide = await createTourGuide(context, running)
  if (!console.json)
    await console.print(
      `The hub at ${console.style('bold', running.url)}, with a ${tourConnector.title} sandbox behind it.\n`,
    )
  const found: TourFinds = {}
  let failures = 0
  for (const [index, { title, visit }] of tourParts.entries()) {
    if (io.signal.aborted) return false
    if (!console.json)
      await console.print(`\n${console.style('bold', `${index + 1}/${tourParts.length}  ${title}`)}\n`)
    try {
      await visit(guide, found)
      await guide.say(console.style('green', '✔'))
    } catch (thrown) {
      if (io.signal.aborted) return false
      failures += 1
      await guide.say(console.style('red', '✘'))
      await console.flush()
      if (thrown instanceof MainspringError) await reportError(context, thrown)
      else if (thrown instanceof TourFailure) await console.note(`     ${thrown.message}`)
      else throw thrown
    }
  }
  return failures === 0
}
