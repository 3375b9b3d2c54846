import { type FakeProvider, json, type SeenRequest, startProvider } from '../engine/fake-provider.ts'

export interface SyncedRow {
  readonly id: number
  readonly updated: string
}

/** A connector whose action `list` declares this `dataSync`. */
export function syncConnector(dataSync: unknown, steps = ''): string {
  return `StackOne: 1.0.0
info: { title: Acme, key: acme, version: 1.0.0, description: A provider }
baseUrl: https://api.acme.test/v1
authentication:
  - key:
      type: custom
      label: Key
      environments: [{ key: production, name: Production }]
      configFields: [{ key: team, label: Team, type: text, required: false, secret: false }]
      authorization: { type: none }
actions:
  - actionId: list
    label: List
    description: Lists.
    categories: [crm]
    actionType: list
    inputs: [{ name: kind, type: string, description: d, required: false, in: query }]
    dataSync: ${JSON.stringify(dataSync)}
    steps:
      - stepId: get
        description: Calls.
        stepFunction: { functionName: request, parameters: { url: /rows, method: get, response: { dataKey: rows } } }
${steps}
    result: { data: "$.steps.get.output.data" }
`
}

/** A provider of rows that pages by offset, limit 3, and filters by \`since\`. */
export async function startRows(rows: SyncedRow[]): Promise<FakeProvider> {
  return startProvider((request, response) => json(response, { rows: pageOf(rows, request) }))
}

export function pageOf(rows: readonly SyncedRow[], { query }: SeenRequest): readonly SyncedRow[] {
  const since = query['since'] ?? ''
  const offset = Number(query['offset'] ?? 0)
  return rows.filter(({ updated }) => updated >= since).slice(offset, offset + 3)
}

export const byOffset = {
  type: 'offset',
  response: { dataKey: 'rows' },
  iterator: { offsetKey: 'offset', limitKey: 'limit', defaultLimit: 3, in: 'query' },
}

export const byTime = {
  type: 'time_filter',
  iterator: { key: 'since', in: 'query' },
  format: 'iso8601',
  safetyBufferSeconds: 10,
  response: { updatedAtPath: 'updated' },
}
