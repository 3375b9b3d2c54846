import { PassThrough, Writable } from 'node:stream'
import { expect, test } from '@jest/globals'
import { variableName } from '../../src/cli/call/read-credentials.ts'
import { main } from '../../src/cli/command-line.ts'
import { repository } from './run-cli.ts'

interface Person {
  /** What is typed at each question, in order; undefined presses Ctrl-C. */
  readonly answers: readonly (string | undefined)[]
}

/** Runs at a terminal where somebody answers each question as it appears. */
async function runAtTerminal({ answers }: Person, env: Record<string, string> = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
  const texts = { stdout: '', stderr: '' }
  let asked = 0
  const stderr = new Writable({
    write(chunk, _encoding, done) {
      texts.stderr += String(chunk)
      const questions = [...new Set(texts.stderr.match(/Clockwork Recruiting [\w ]+:/g))]
      if (questions.length > asked) {
        const answer = answers[asked++]
        setTimeout(() => stdin.write(answer === undefined ? '\u0003' : `${answer}\r`), 50)
      }
      done()
    },
  })
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      texts.stdout += String(chunk)
      done()
    },
  })
  let credentials: unknown
  const exit = await main(['run', 'clockwork_list_people'], {
    stdin,
    stdout,
    stderr,
    terminal: { stdin: true, stdout: false, stderr: true },
    env: { NO_COLOR: '1', ...env },
    cwd: repository,
    signal: new AbortController().signal,
    rooms: {
      engine: async () => ({
        runAction: async (_plan, action, options) => {
          credentials = options?.credentials
          return { data: [], meta: { action, requests: 0, durationMs: 0 } }
        },
        iterateAction: () => {
          throw new Error('not expected')
        },
        explainAction: () => ({ requests: [], notes: [] }),
      }),
    },
  })
  return { ...texts, exit, credentials }
}

test('missing credentials are asked for on standard error, and what is typed is not shown', async () => {
  const answers = ['c4nary-key', 'c4nary-secret', 'c4nary-service']
  const run = await runAtTerminal({ answers }, { MAINSPRING_CLOCKWORK_FIRM_NAME: 'acme' })
  expect(run).toMatchObject({
    exit: 0,
    credentials: { firmName: 'acme', apiKey: answers[0], apiSecret: answers[1], firmServiceKey: answers[2] },
  })
  expect(run.stdout).toBe('{"data":[],"next":null}\n')
  expect(run.stderr).toContain('Clockwork Recruiting API Secret:')
  expect(run.stdout + run.stderr).not.toContain('c4nary')
})

test('giving up ends the run before anything is sent', async () => {
  const run = await runAtTerminal({ answers: ['acme', undefined] })
  expect(run).toMatchObject({ exit: 130, stdout: '', credentials: undefined })
  expect(run.stderr).not.toContain('error')
})

test.each([
  ['clockwork', 'firmServiceKey', 'MAINSPRING_CLOCKWORK_FIRM_SERVICE_KEY'],
  ['acme-hr', 'apiURLBase', 'MAINSPRING_ACME_HR_API_URL_BASE'],
  ['acme', 'client_id', 'MAINSPRING_ACME_CLIENT_ID'],
])('the variable of %s %s is %s', (connector, field, variable) => {
  expect(variableName(connector, field)).toBe(variable)
})
