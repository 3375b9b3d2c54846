import type { RowId } from './rows.ts'

/** Rows that no test proves, each with the reason. A row that a test proves does not belong here. */
export const arguedRows: Readonly<Partial<Record<RowId, string>>> = {}

/** Sections whose rows are still being built and proved: until a section leaves this list, its rows may lack a test. */
export const pendingSections: readonly string[] = [
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '7.1',
  '7.2',
  '8',
  '9',
  '10',
  '11',
  '12',
  '13',
  '14',
]
