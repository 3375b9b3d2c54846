/** Where Mainspring does not do what the original runtime did. The page of differences is made from these. */
export interface Difference {
  /** A headline without a full stop. */
  readonly title: string
  readonly original: string
  readonly ours: string
  readonly why: string
  /** Whether `x-mainspring.compat: exact` brings the original behaviour back. */
  readonly exact: boolean
  /** Rows of the fact sheet (`test/contract/rows.ts`) that it concerns. */
  readonly rows: readonly string[]
}

export const differences = {
  'missing-value': {
    title: 'A missing value of a query parameter or header',
    original: 'The text `undefined` is sent.',
    ours: 'The parameter is left out.',
    why: 'No provider means `undefined`; it filters wrongly or is stored.',
    exact: true,
    rows: ['14/missing-value'],
  },
} as const satisfies Readonly<Record<string, Difference>>

/** The code of a difference, as notes of an explanation carry it. */
export type DifferenceCode = keyof typeof differences
