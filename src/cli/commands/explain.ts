import type { ExplainedRequest } from '../../plan/index.ts'
import { prepareExplanation } from '../call/prepare-call.ts'
import type { CommandContext } from '../command-context.ts'
import type { ExplainCommandOptions } from '../program/call-commands.ts'

/** Shows the requests of an action without sending them. */
export async function execute(
  context: CommandContext,
  [actionId]: readonly [string],
  options: ExplainCommandOptions,
): Promise<void> {
  const { console, displayPath } = context
  const call = await prepareExplanation(context, await (await context.openCatalog()).find(actionId), options)
  const { explainAction } = await context.rooms.engine()
  const { requests, notes } = explainAction(call.connector, call.action.id, call.options)
  switch (options.as ?? (console.json ? 'json' : 'http')) {
    case 'http': {
      const { renderHttp } = await context.rooms.plan()
      await console.print(renderHttp(requests, displayPath))
      break
    }
    case 'curl': {
      const { renderCurl } = await context.rooms.plan()
      await console.print(renderCurl(requests))
      break
    }
    case 'har': {
      const { renderHar } = await context.rooms.plan()
      await console.printJson(renderHar(requests, { version: context.version, startedAt: new Date() }))
      break
    }
    case 'json':
      await console.printJson({ requests: requests.map((request) => withPlaces(request, displayPath)) })
  }
  for (const note of notes) await console.note(`note: ${note}`)
}

function withPlaces(request: ExplainedRequest, displayPath: (path: string) => string): unknown {
  const sources = request.sources.map(({ part, location }) => ({
    part,
    file: displayPath(location.file),
    line: location.range.start.line,
    column: location.range.start.column,
  }))
  return { ...request, sources }
}
