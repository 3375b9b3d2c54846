import { PassThrough, Writable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { createConsole } from '../../src/cli/console/console.ts'
import { visibleLine, visibleText } from '../../src/cli/console/visible-text.ts'
import { printCsv, safeCell } from '../../src/cli/output/print-csv.ts'
import { printTable } from '../../src/cli/output/print-table.ts'
import { wrapText } from '../../src/cli/output/wrap-text.ts'

function world(terminal: { columns?: number; stdout?: boolean } = {}, env: Record<string, string> = {}) {
  const texts = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof texts) =>
    new Writable({
      write(chunk, _encoding, done) {
        texts[name] += String(chunk)
        done()
      },
    })
  const io = {
    stdin: new PassThrough(),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    terminal: { stdin: false, stdout: false, stderr: false, ...terminal },
    env,
    cwd: '/',
    signal: new AbortController().signal,
  }
  return { console: createConsole(io, false), texts }
}

async function* each(rows: readonly unknown[]) {
  yield* rows
}

async function csv(rows: readonly unknown[]) {
  const { console, texts } = world()
  await printCsv(console, each(rows))
  await console.flush()
  return texts
}

describe('csv', () => {
  test('quotes what needs it, and writes nested values as JSON and null as nothing', async () => {
    const { stdout } = await csv([
      { id: 1, name: 'a,b "c"\nd', tags: [{ name: 'x' }], gone: null, ok: false },
      { id: 2, more: 0 },
    ])
    expect(stdout).toBe('id,name,tags,gone,ok,more\n1,"a,b ""c""\nd","[{""name"":""x""}]",,false,\n2,,,,,0\n')
  })

  test('a key first seen after the header is told, with no cell out of place', async () => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id }))
    const { stdout, stderr } = await csv([...rows, { late: 'x', id: 'last' }])
    expect(stdout.split('\n').at(-2)).toBe('last')
    expect(stderr).toContain('no column for late')
  })

  test('values that are no objects are one column, and nothing is nothing', async () => {
    expect((await csv(['a', 2])).stdout).toBe('value\na\n2\n')
    expect((await csv([])).stdout).toBe('')
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+cmd|x', "'+cmd|x"],
    ['-2+3+cmd', "'-2+3+cmd"],
    ['\t=1', "'\t=1"],
    ['+351 21 555 0100', '+351 21 555 0100'],
    ['-5', '-5'],
    [-5, '-5'],
    ['a=b', 'a=b'],
    ['', ''],
  ])('%j becomes %j', (value, cell) => {
    expect(safeCell(value)).toBe(cell)
  })

  test('the name of a column is made safe too', async () => {
    expect((await csv([{ '=x': 1 }])).stdout).toBe("'=x\n1\n")
  })
})

describe('a table', () => {
  const rows = [
    { id: 'a1', empty: null, nested: { x: 1 }, name: 'Ines', long: 'y'.repeat(100) },
    { id: 'b2', empty: '', nested: null, name: '宮本', long: 'z' },
  ]
  const print = async (columns: number, given: readonly unknown[] = rows) => {
    const { console, texts } = world({ columns })
    await printTable(console, given)
    await console.flush()
    return texts
  }

  test('leaves out empty columns silently and others as the room ends, nested ones first', async () => {
    expect(await print(20)).toEqual({
      stdout: 'id  nested   name\na1  {"x":1}  Ines\nb2           宮本\n',
      stderr: 'Not shown: long. `--out json` has everything.\n',
    })
    expect(await print(10)).toMatchObject({ stdout: 'id  name\na1  Ines\nb2  宮本\n' })
  })

  test('always has one column, and cuts a long cell', async () => {
    const { stdout } = await print(5, [{ text: 'y'.repeat(100) }])
    expect(stdout).toBe(`text\n${'y'.repeat(39)}…\n`)
  })

  test('no answer can steer the terminal', async () => {
    const { stdout } = await print(80, [{ name: 'a\u001b[2Jb\r\u202e', '\u001b[31mkey': '\u009b1m' }])
    for (const sign of ['\u001b', '\u009b', '\r', '\u202e']) expect(stdout).not.toContain(sign)
    expect(stdout).toContain('a\\x1b[2Jb\\x0d\\u202e')
  })

  test('without rows says so', async () => {
    expect(await print(80, [])).toEqual({ stdout: '', stderr: 'No rows.\n' })
  })
})

describe('colours', () => {
  test('are for a terminal that wants them', () => {
    expect(world({ stdout: true }).console.style('red', 'x')).toBe('\u001b[31mx\u001b[39m')
    expect(world().console.style('red', 'x')).toBe('x')
    expect(world({ stdout: true }, { NO_COLOR: '1' }).console.style('red', 'x')).toBe('x')
    expect(world({ stdout: true }, { TERM: 'dumb' }).console.style('red', 'x')).toBe('x')
    expect(world({ stdout: true }).console.style('red', 'x', 'stderr')).toBe('x')
  })
})

test('visible text keeps lines, a visible line keeps none', () => {
  expect(visibleText('a\nb\tc\u0007')).toBe('a\nb\tc\\x07')
  expect(visibleLine('a\nb\tc')).toBe('a b c')
})

test('prose breaks between words and keeps its own lines', () => {
  expect(wrapText('one two three\nfour', 7)).toBe('one two\nthree\nfour')
  expect(wrapText('unbreakable x', 5)).toBe('unbreakable\nx')
})
