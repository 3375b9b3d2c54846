import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { repository } from '../cli/run-cli.ts'
import { type LinkedHub, startLinkedHub } from '../hub/linked-hub.ts'

const run = promisify(execFile)
const inspector = process.env['MCP_INSPECTOR']

/** What the inspector prints, as JSON, and what it says beside it. A tool schema with an error ends it with 6. */
async function inspect(
  server: readonly string[],
  ...options: readonly string[]
): Promise<{ readonly printed: Record<string, unknown>; readonly said: string }> {
  if (inspector === undefined) throw new Error('MCP_INSPECTOR is not set')
  const { stdout, stderr } = await run(inspector, ['--cli', ...options, ...server], {
    cwd: repository,
    timeout: 60_000,
    maxBuffer: 32 * 1024 * 1024,
  })
  return { printed: JSON.parse(stdout), said: stderr }
}

const withInspector =
  inspector === undefined ? describe.skip : (describe as (name: string, run: () => void) => void)

withInspector(
  'The MCP inspector (needs npm: MCP_INSPECTOR names `mcp-inspector` of @modelcontextprotocol/inspector)',
  () => {
    test.each(['clockwork', 'dropbox', 'lever', 'linear', 'workday'])(
      'finds no error in the tools of %s, served by the command line',
      async (connector) => {
        const serve = ['src/cli/main.ts', 'mcp', connector, '--sandbox', '--preview', '--allow-writes']
        const { printed, said } = await inspect(
          [process.execPath, ...serve],
          ...['--method', 'tools/list', '--strict'],
        )
        expect((printed['tools'] as unknown[]).length).toBeGreaterThan(3)
        expect(said).not.toMatch(/[1-9]\d* errors?,/)
      },
      60_000,
    )

    test('runs a tool of the command line', async () => {
      const { printed } = await inspect(
        [process.execPath, 'src/cli/main.ts', 'mcp', 'clockwork', '--sandbox'],
        ...['--tool-arg', 'page_size=2', '--method', 'tools/call', '--tool-name', 'clockwork_list_people'],
      )
      expect(printed).toMatchObject({ structuredContent: { data: [{ id: expect.any(String) }, {}] } })
    }, 60_000)

    describe('at the hub', () => {
      let hub: LinkedHub
      beforeAll(async () => {
        hub = await startLinkedHub()
      })
      afterAll(() => hub.close())

      const at = (...options: readonly string[]) =>
        inspect(
          [`${hub.url}/mcp?x-account-id=${hub.accountId}`],
          ...['--header', `Authorization: ${hub.authorization.authorization}`, '--transport', 'http'],
          ...options,
        )

      test('finds no error in the tools of an account, and runs one', async () => {
        const { printed, said } = await at('--method', 'tools/list', '--strict')
        expect((printed['tools'] as unknown[]).length).toBeGreaterThan(3)
        expect(said).not.toMatch(/[1-9]\d* errors?,/)
        // What takes several values must not stand last, or it takes the address too.
        const page = ['--tool-arg', 'query={"page_size":2}']
        const ran = await at(...page, '--method', 'tools/call', '--tool-name', 'clockwork_list_people')
        expect(ran.printed).toMatchObject({ structuredContent: { data: [{ id: expect.any(String) }, {}] } })
      }, 60_000)
    })
  },
)
