/** The types that every generated client begins with. */
export const clientTypes = `export type JsonObject = { readonly [key: string]: unknown }

export interface CallOptions {
  /** Ends the call. What a write had done by then is told by the error. */
  readonly signal?: AbortSignal
}

/** One page of a listing; \`next\` is absent on the last one. */
export interface Page<Row> {
  readonly data: readonly Row[]
  readonly next?: string
}

export type Action<Inputs, Data> = (inputs: Inputs, options?: CallOptions) => Promise<{ readonly data: Data }>
export type FreeAction<Inputs, Data> = (inputs?: Inputs, options?: CallOptions) => Promise<{ readonly data: Data }>

/** Gives a page; \`.all\` gives every row of every page. */
export interface Listing<Inputs, Row> {
  (inputs: Inputs, options?: CallOptions): Promise<Page<Row>>
  all(inputs: Inputs, options?: CallOptions): AsyncIterable<Row>
}
export interface FreeListing<Inputs, Row> {
  (inputs?: Inputs, options?: CallOptions): Promise<Page<Row>>
  all(inputs?: Inputs, options?: CallOptions): AsyncIterable<Row>
}

interface ActionEntry {
  readonly id: string
  readonly cursor?: string
  readonly places?: Readonly<Record<string, string>>
}
`
