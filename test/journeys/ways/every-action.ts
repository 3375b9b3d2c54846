import { describe, expect, test } from '@jest/globals'
import { startProviderSandbox } from '../../../src/sandbox/index.ts'
import { compileFrom, type Outcome, ways } from './ways.ts'

/** Calls an action of the connector, by whichever way the journey takes. */
export type Call = (action: string, inputs?: Readonly<Record<string, unknown>>) => Promise<Outcome>

/**
 * Runs a story that calls every action of a connector against its sandbox: through the engine, the command line, the hub's
 * RPC with an account that was linked as people do, and MCP. An action that the story leaves out is a failure.
 */
export function tellStory(connector: string, story: (call: Call) => Promise<void>): void {
  describe(`every action of ${connector}`, () => {
    test.each(Object.keys(ways))(
      'runs through %s',
      async (name) => {
        const plan = await compileFrom(connector)
        const sandbox = await startProviderSandbox(connector, { port: 0 })
        const called = new Set<string>()
        try {
          const way = await ways[name]?.(plan, sandbox)
          try {
            await story(async (action, inputs = {}) => {
              called.add(action)
              return (await way?.call(action, inputs)) as Outcome
            })
          } finally {
            await way?.close()
          }
        } finally {
          await sandbox.close()
        }
        expect(plan.actions.map(({ id }) => id).filter((id) => !called.has(id))).toEqual([])
      },
      60_000,
    )
  })
}
