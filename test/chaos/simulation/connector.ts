import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileConnector, loadConnector } from '../../../src/index.ts'
import type { ConnectorPlan } from '../../../src/plan/index.ts'

/** What the provider takes of one account. */
export const budget = { requests: 4, seconds: 2 }

/** The plan of a connector that has what can go wrong: renewed tokens, pages, writes of each kind, and reads that are asked about again. */
export async function compileChaosConnector({ budgets = true } = {}): Promise<ConnectorPlan> {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-chaos-'))
  try {
    await writeFile(join(folder, 'chaos.connector.s1.yaml'), budgets ? definition + declared : definition)
    const { model, diagnostics } = await loadConnector(folder)
    if (model === null) throw new Error(JSON.stringify(diagnostics, null, 1))
    return compileConnector(model)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const definition = `StackOne: 1.0.0
info: { title: Chaos, key: chaos, version: 1.0.0, description: What can go wrong. }
baseUrl: https://api.chaos.example
authentication:
  - oauth:
      type: oauth2
      label: OAuth
      grantType: authorization_code
      setupFields:
        - { key: clientId, label: Client id, type: text, required: true, secret: false }
        - { key: clientSecret, label: Client secret, type: password, required: true, secret: true }
      environments: [{ key: production, name: Production }]
      authorization:
        type: oauth2
        token: $.credentials.accessToken
        authorizationUrl: https://api.chaos.example/auth
        authorizationParams: { response_type: code, client_id: $.credentials.clientId }
        tokenUrl: https://api.chaos.example/token
actions:
  - actionId: list_rows
    label: List rows
    description: Lists the rows.
    categories: [ats]
    actionType: list
    steps:
      - stepId: list
        description: List
        stepFunction: { functionName: request, parameters: { url: /rows, method: get } }
        x-mainspring:
          paging: { style: cursor, cursorParam: cursor, nextCursor: next }
          response: { rows: [rows] }
    result: { data: $.steps.list.output.data }
  - actionId: create_record
    label: Create a record
    description: Creates a record.
    categories: [ats]
    actionType: create
    inputs: [{ name: ref, type: string, in: body, required: true, description: What the caller calls it. }]
    steps:
      - stepId: create
        description: Create
        stepFunction:
          functionName: request
          parameters: { url: /records, method: post, args: [{ name: ref, value: $.inputs.ref, in: body }] }
        x-mainspring: { response: { record: [$], requires: [id] } }
    result: { data: $.steps.create.output.data }
  - actionId: create_keyed
    label: Create a record under a key
    description: Creates a record; the provider knows a repeated write by its key.
    categories: [ats]
    actionType: create
    inputs: [{ name: ref, type: string, in: body, required: true, description: What the caller calls it. }]
    steps:
      - stepId: create
        description: Create
        stepFunction:
          functionName: request
          parameters: { url: /records, method: post, args: [{ name: ref, value: $.inputs.ref, in: body }] }
        x-mainspring:
          response: { record: [$], requires: [id] }
          retry: { idempotencyKey: Idempotency-Key }
    result: { data: $.steps.create.output.data }
  - actionId: create_findable
    label: Create a record that can be found
    description: Creates a record; a listing tells whether it was.
    categories: [ats]
    actionType: create
    inputs: [{ name: ref, type: string, in: body, required: true, description: What the caller calls it. }]
    steps:
      - stepId: create
        description: Create
        stepFunction:
          functionName: request
          parameters: { url: /records, method: post, args: [{ name: ref, value: $.inputs.ref, in: body }] }
        x-mainspring:
          response: { record: [$], requires: [id] }
          retry: { lookup: { action: list_records, match: { ref: $.inputs.ref }, resend: true } }
    result: { data: $.steps.create.output.data }
  - actionId: list_records
    label: List records
    description: Lists the records.
    categories: [ats]
    actionType: list
    steps:
      - stepId: list
        description: List
        stepFunction: { functionName: request, parameters: { url: /records, method: get } }
        x-mainspring:
          paging: { style: cursor, cursorParam: cursor, nextCursor: next }
          response: { rows: [rows] }
    result: { data: $.steps.list.output.data }
  - actionId: read_document
    label: Read the document
    description: Reads a document of the account, and asks whether it changed.
    categories: [ats]
    actionType: get
    steps:
      - stepId: read
        description: Read
        stepFunction: { functionName: request, parameters: { url: /document, method: get } }
        x-mainspring: { conditional: true, response: { record: [$], requires: [text] } }
    result: { data: $.steps.read.output.data }
`

const declared = `x-mainspring:
  budgets: [{ key: burst, requests: ${budget.requests}, seconds: ${budget.seconds}, per: account }]
`
