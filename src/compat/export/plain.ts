/** A map of the plain format. */
export type Plain = Readonly<Record<string, unknown>>
