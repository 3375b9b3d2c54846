import { describe, expect, test } from '@jest/globals'
import { runCli } from './run-cli.ts'

describe('wrong use exits with 2 and says how to do better', () => {
  test('an unknown command names the nearest one', async () => {
    const { stdout, stderr, exit } = await runCli(['actoins'])
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 })
    expect(stderr).toContain("error[cli/usage] Unknown command 'actoins'.")
    expect(stderr).toContain('Did you mean actions?')
  })

  test('an unknown option names the nearest one and the help of its command', async () => {
    const { stderr, exit } = await runCli(['run', 'clockwork_list_people', '--al'])
    expect(exit).toBe(2)
    expect(stderr).toContain("Unknown option '--al'.")
    expect(stderr).toContain('Did you mean --all?')
    expect(stderr).toContain('mainspring run --help')
  })

  test.each([
    ['--timeout', '0'],
    ['--timeout', 'soon'],
    ['--timeout', '1d'],
    ['--timeout', '3000000000'],
    ['--limit', '0'],
    ['--limit', '2.5'],
    ['--limit', '-1'],
    ['--out', 'xml'],
    ['--origin', 'ftp://127.0.0.1:4100'],
    ['--origin', 'http://127.0.0.1:4100/v3.0'],
    ['--origin', '127.0.0.1:4100'],
    ['--input', 'query'],
    ['--input', '=x'],
  ])('the bad value %s %s', async (option, value) => {
    const { stdout, stderr, exit } = await runCli(['run', 'clockwork_list_people', option, value])
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 })
    expect(stderr).toMatch(new RegExp(`^error\\[cli/usage\\] Option '${option} `))
  })

  test.each([
    ['no command', []],
    ['no action', ['run']],
    ['too many arguments', ['describe', 'one', 'two']],
    ['an input twice', ['run', 'clockwork_list_people', '--input', 'cursor=1', '--input', 'cursor=2']],
    [
      'an origin and the sandbox',
      ['run', 'clockwork_list_people', '--sandbox', '--origin', 'http://127.0.0.1:1'],
    ],
    ['a folder of connectors that is not there', ['actions', '--connectors', 'nowhere']],
    ['a folder without connectors', ['actions', '--connectors', 'docs']],
    ['a path to lint that is not there', ['lint', 'nowhere']],
    [
      '--all for what is no listing',
      ['run', 'clockwork_get_note', '--all', '--sandbox', '--input', 'note_id=1'],
    ],
    ['a file of inputs that is not there', ['run', 'clockwork_list_people', '--inputs', 'nowhere.json']],
    [
      'a file of credentials that is not there',
      ['run', 'clockwork_list_people', '--credentials', 'nowhere.json'],
    ],
  ])('%s', async (_, args) => {
    const { stdout, stderr, exit } = await runCli(args)
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 })
    expect(stderr).not.toBe('')
  })
})

test('with --json wrong use is one line of JSON', async () => {
  const { stdout, stderr, exit } = await runCli([
    'run',
    'clockwork_list_people',
    '--json',
    '--timeout',
    'soon',
  ])
  expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 })
  expect(stderr.split('\n')).toHaveLength(2)
  expect(JSON.parse(stderr)).toEqual({
    error: {
      code: 'cli/usage',
      message: expect.stringContaining('--timeout'),
      hint: expect.stringContaining('mainspring run --help'),
      retryable: false,
    },
  })
})

describe('a key as an argument', () => {
  test.each([
    [['--api-key', 'c4nary']],
    [['--api-key=c4nary']],
    [['--apiSecret=c4nary']],
    [['--api-key=c4nary\nmore']],
  ])('%j is not accepted, not repeated, and the right ways are named', async (args) => {
    const { stdout, stderr, exit } = await runCli(['run', 'clockwork_list_people', ...args])
    expect(exit).toBe(2)
    expect(stdout + stderr).not.toContain('c4nary')
    expect(stderr).toContain('Credentials never come as arguments')
  })

  test('an input of that name is refused by the action, without its value', async () => {
    const { stdout, stderr, exit } = await runCli([
      'run',
      'clockwork_list_people',
      '--sandbox',
      '--input',
      'apiKey=c4nary',
    ])
    expect(exit).toBe(1)
    expect(stdout + stderr).not.toContain('c4nary')
    expect(stderr).toContain('error[input/unknown]')
  })

  test('a value of an option is not repeated when it is wrong', async () => {
    const { stderr } = await runCli([
      'run',
      'clockwork_list_people',
      '--origin',
      'http://me:c4nary@127.0.0.1',
    ])
    expect(stderr).not.toContain('c4nary')
  })
})

describe('help and version', () => {
  test('help goes to standard output, names every command and the exit codes', async () => {
    const { stdout, stderr, exit } = await runCli(['--help'])
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 })
    for (const command of [
      'connectors',
      'actions',
      'describe',
      'run',
      'explain',
      'lint',
      'sandbox',
      'start',
    ]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'))
    }
    expect(stdout).toContain('Exit codes:')
  })

  test.each(['connectors', 'actions', 'describe', 'run', 'explain', 'lint', 'sandbox', 'start'])(
    'help of %s has examples, the global options and the exit codes',
    async (command) => {
      const { stdout, exit } = await runCli([command, '--help'])
      expect(exit).toBe(0)
      expect(stdout).toMatch(
        new RegExp(`Examples:\\n {2}\\$ mainspring ${command}|Examples:\\n {2}\\$ .*mainspring`),
      )
      expect(stdout).toContain('--connectors <folder>')
      expect(stdout).toContain('Exit codes:')
    },
  )

  test('the version is the one of the package', async () => {
    const { default: manifest } = await import('../../package.json', { with: { type: 'json' } })
    expect(await runCli(['--version'])).toEqual({ stdout: `${manifest.version}\n`, stderr: '', exit: 0 })
    expect((await runCli(['--version', '--json'])).stdout).toBe(
      `${JSON.stringify({ version: manifest.version })}\n`,
    )
  })
})
