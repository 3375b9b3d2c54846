import type { RowId } from './rows.ts'

/**
 * Rows that hold no support here, each with the reason; the page shows them as not supported. A row that a test proves
 * does not belong here.
 */
export const arguedRows: Readonly<Partial<Record<RowId, string>>> = {
  '3/field-computed':
    'Only its name is declared anywhere, and what computes the value was never seen. It loads, is kept by the export, and the field is asked for like any other.',
}
