import { describe, expect, test } from '@jest/globals'
import { nextCommands } from '../../src/cli/commands/start.ts'
import { CliError } from '../../src/errors/index.ts'
import { startSandbox } from '../../src/sandbox/index.ts'
import { runCli } from './run-cli.ts'

/** Words of a shell line that uses no more than single quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''))
}

describe('what the tour says to try next', () => {
  test.each(nextCommands)('%s works as it stands', async (command) => {
    const [npx, mainspring, ...args] = wordsOf(command)
    expect([npx, mainspring]).toEqual(['npx', 'mainspring'])
    const { stdout, exit } = await runCli(args)
    expect(exit).toBe(0)
    expect(stdout).not.toBe('')
  })
})

describe('start --once', () => {
  test('takes any free port where the usual one is taken, and says so', async () => {
    const sandbox = async () => ({
      parseFault: () => {
        throw new Error('not expected')
      },
      startSandbox: (options: { readonly port?: number } = {}) => {
        if (options.port === 0) return startSandbox(options)
        throw new CliError('sandbox/port-in-use', { message: 'Port 4100 is taken.' })
      },
    })
    const { stdout, stderr, exit } = await runCli(['start', '--once'], { rooms: { sandbox } })
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: 'Port 4100 is taken. Taking a free one.\n' })
    expect(stdout.match(/✔/g)).toHaveLength(6)
  })

  test('exits with 1 when a part fails, says why, and goes on', async () => {
    const engine = await import('../../src/engine/index.ts')
    const rooms = {
      engine: async () => ({
        ...engine,
        runAction: (...call: Parameters<typeof engine.runAction>) => {
          if (call[1] === 'create_person') throw new TypeError('broken on purpose')
          return engine.runAction(...call)
        },
      }),
    }
    const { stdout, exit } = await runCli(['start', '--once', '--json'], { rooms })
    expect(exit).toBe(1)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  })
})
