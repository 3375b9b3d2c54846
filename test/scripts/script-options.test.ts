import { execFile } from 'node:child_process'
import { expect, test } from '@jest/globals'

/** Runs a script to its end. */
function run(script: string, ...args: string[]) {
  return new Promise<{ code: number; out: string; told: string }>((resolve) => {
    execFile(process.execPath, [`scripts/${script}.ts`, ...args], (error, out, told) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, told }),
    )
  })
}

test.each(['chaos', 'fuzz'])('%s shows its options', async (script) => {
  const { code, out } = await run(script, '--help')
  expect(code).toBe(0)
  expect(out).toContain(`Usage: npm run ${script} -- [options]`)
  expect(out).toMatch(/--seed +What is/)
})

test.each([
  ['chaos', ['--schedule', '3'], 'There is no option --schedule. See npm run chaos -- --help.\n'],
  ['chaos', ['--kills', 'many'], '--kills takes a whole number of at least 0, not "many".'],
  ['chaos', ['10'], '"10" is no option.'],
  ['fuzz', ['--only', 'weather'], '--only is one of definitions,'],
  ['fuzz', ['--cases'], '--cases takes a whole number of at least 1, not "".'],
])('%s %j is refused with a sentence and exit code 2', async (script, args, sentence) => {
  const { code, out, told } = await run(script, ...args)
  expect([code, out]).toEqual([2, ''])
  expect(told).toContain(sentence)
  expect(told.trim().split('\n')).toHaveLength(1)
})
