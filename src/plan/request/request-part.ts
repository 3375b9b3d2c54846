import type { Location } from '../../errors/index.ts'

/** A part of a request and where the definition says it: `url`, `header x-api-key`, `query limit`, `body person`. */
export interface RequestPart {
  readonly part: string
  readonly location: Location
}

const words = { query: 'query', headers: 'header', body: 'body' } as const

/** What explain calls a header, query parameter or member of the body. */
export function partName(place: 'query' | 'headers' | 'body', name: string): string {
  return `${words[place]} ${place === 'headers' ? name.toLowerCase() : name}`
}
