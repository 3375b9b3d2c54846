import type { ToolBox } from '../../mcp/index.ts'
import type { ConnectorPlan } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'

/** Serves the tools of one connector over standard input and output until it is ended. */
export async function serveTools(
  { console, io, rooms, version }: CommandContext,
  { title, description }: ConnectorPlan,
  toolBox: ToolBox,
  note: string,
): Promise<void> {
  const { serveStdio } = await rooms.mcp()
  await console.note(`${note} Ctrl-C ends it.`)
  await serveStdio(
    {
      info: { name: 'mainspring', title, version },
      ...(description === undefined ? {} : { instructions: description }),
      toolBox,
      principal: 'stdio',
    },
    io.stdin,
    (line) => void console.print(`${line}\n`),
    io.signal,
  )
}
