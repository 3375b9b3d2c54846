import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { badColumns, boardText, emptyBoard, faultsOf } from './board.ts'

test('the page of bad days says what each column of the board counts', async () => {
  const page = await readFile('docs/reference/bad-days.md', 'utf8')
  const explained = new Set(
    [...page.matchAll(/^\| (.*?) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    ),
  )
  expect([...explained].sort()).toEqual(Object.keys(emptyBoard()).sort())
})

test.each(badColumns)('one %s makes the board bad', (column) => {
  const board = { ...emptyBoard(), [column]: 1 }
  expect(faultsOf(board)).toEqual({ [column]: 1 })
  expect(
    boardText(board)
      .split('\n')
      .filter((line) => line.includes('BAD')),
  ).toHaveLength(1)
})
