import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openCatalog } from '../../src/catalog/index.ts'
import { ProviderError } from '../../src/errors/index.ts'
import {
  createHttpEndpoint,
  createToolBox,
  type McpService,
  type ParameterStyle,
  type ToolHost,
  type ToolMode,
} from '../../src/mcp/index.ts'
import type { ConnectorPlan } from '../../src/plan/index.ts'
import { repository } from '../cli/run-cli.ts'

let connector: ConnectorPlan
const ran: { readonly action: string; readonly inputs: unknown }[] = []

beforeAll(async () => {
  connector = await (await openCatalog(`${repository}/connectors`)).connector('clockwork')
})

afterAll(() => {
  ran.length = 0
})

function serve(
  mode: ToolMode = 'individual',
  style: ParameterStyle = 'nested',
  allowWrites = false,
): McpService {
  const host: ToolHost = {
    offered: connector.actions.map((action) => ({ connector, action })),
    allowWrites,
    run: async (action, inputs) => {
      ran.push({ action: action.id, inputs })
      if (action.id === 'get_note')
        throw new ProviderError('provider/rate-limited', {
          message: 'Clockwork answered 429.',
          retryable: true,
          retryAfterMs: 1500,
        })
      return { data: [], meta: { action: action.qualifiedId, requests: 1, durationMs: 1 } }
    },
  }
  return { info: { name: 'm', version: '1' }, toolBox: createToolBox(host, mode, style), principal: 'p' }
}

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'c', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
}

async function post(body: unknown, headers: Record<string, string> = {}, service = serve()) {
  const {
    status,
    body: text,
    ...rest
  } = await createHttpEndpoint().handle(
    {
      method: 'POST',
      headers: { accept: 'application/json', ...headers },
      body,
      signal: new AbortController().signal,
    },
    service,
  )
  return { status, headers: rest.headers, answer: typeof text === 'string' ? JSON.parse(text) : text }
}

const call = (name: string, args: unknown, service?: McpService) =>
  post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }, {}, service)

describe('the handshake', () => {
  test('a version that is known is echoed, another is answered with the newest', async () => {
    const initialize = (protocolVersion: string) =>
      post({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion } })
    expect((await initialize('2025-03-26')).answer.result.protocolVersion).toBe('2025-03-26')
    const newer = await initialize('2199-01-01')
    expect(newer.answer.result.protocolVersion).toBe('2025-11-25')
    expect(newer.headers['mcp-session-id']).toMatch(/^[\w-]{36}$/)
  })

  test('a notification is taken without an answer; GET and DELETE are not served', async () => {
    const note = { jsonrpc: '2.0', method: 'notifications/initialized' }
    expect(await post(note)).toMatchObject({ status: 202, answer: undefined })
    for (const method of ['GET', 'DELETE']) {
      const request = { method, headers: {}, body: undefined, signal: new AbortController().signal }
      const answer = await createHttpEndpoint().handle(request, serve())
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } })
    }
  })

  test.each([
    ['a batch', [{ jsonrpc: '2.0', id: 1, method: 'ping' }], -32_600],
    ['no JSON-RPC', { id: 1, method: 'ping' }, -32_600],
    ['params that are a list', { jsonrpc: '2.0', id: 1, method: 'ping', params: [] }, -32_600],
    ['an id that is an object', { jsonrpc: '2.0', id: {}, method: 'ping' }, -32_600],
  ])('%s is refused with 400', async (_, body, code) => {
    expect(await post(body)).toMatchObject({ status: 400, answer: { error: { code } } })
  })

  test('an unknown method, cursor and tool name are errors of the protocol', async () => {
    const request = (method: string, params: unknown) => post({ jsonrpc: '2.0', id: 'a', method, params })
    expect((await request('resources/list', {})).answer).toMatchObject({ id: 'a', error: { code: -32_601 } })
    expect((await request('tools/list', { cursor: 'x' })).answer).toMatchObject({ error: { code: -32_602 } })
    expect((await request('tools/call', {})).answer).toMatchObject({ error: { code: -32_602 } })
  })
})

describe('the revision of 2026-07-28', () => {
  const request = (meta: unknown, headers: Record<string, string>) =>
    post(
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'clockwork_list_tags', arguments: {}, _meta: meta },
      },
      headers,
    )
  const right = {
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': 'clockwork_list_tags',
  }

  test('a whole request is served and says that its result is complete', async () => {
    expect(await request(envelope, right)).toMatchObject({
      status: 200,
      answer: { result: { resultType: 'complete', structuredContent: { data: [] } } },
    })
  })

  test.each([
    [
      'a version nobody knows',
      { ...envelope, 'io.modelcontextprotocol/protocolVersion': '2099-01-01' },
      { ...right, 'mcp-protocol-version': '2099-01-01' },
      -32_022,
    ],
    ['a header with another method', envelope, { ...right, 'mcp-method': 'tools/list' }, -32_020],
    ['a header with another tool', envelope, { ...right, 'mcp-name': 'clockwork_delete_webhook' }, -32_020],
    ['no header at all', envelope, {}, -32_020],
    ['no capabilities', { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' }, right, -32_602],
    ['a header without an envelope', undefined, right, -32_602],
  ])('%s is refused with 400', async (_, meta, headers, code) => {
    expect(await request(meta, headers)).toMatchObject({ status: 400, answer: { error: { code } } })
  })
})

describe('parameters', () => {
  const person = { person_id: 'p1', tag_id: 't1' }

  test.each([
    ['nested', 'nested', { path: { person_id: 'p1' }, body: { tag_id: 't1' } }],
    ['prefixed', 'flat_prefixed', { path_person_id: 'p1', body_tag_id: 't1' }],
    ['plain', 'flat_smart', person],
    ['plain ones in the nested style', 'nested', person],
    ['nested ones in the plain style', 'flat_smart', { path: { person_id: 'p1' }, body: { tag_id: 't1' } }],
  ] as const)('%s become the inputs of the action', async (_, style, args) => {
    await call('clockwork_add_person_tag', args, serve('individual', style))
    expect(ran.at(-1)).toEqual({ action: 'add_person_tag', inputs: person })
  })

  test('the passthrough keeps its inputs that are called like parts', async () => {
    const args = { method: 'get', path: '/people', query: { limit: 1 } }
    await call('clockwork_request', args, serve('individual', 'flat_smart'))
    expect(ran.at(-1)).toEqual({ action: 'request', inputs: args })
  })

  test('what nothing explains is kept for the action to refuse', async () => {
    await call('clockwork_list_tags', { nope: 1 }, serve())
    expect(ran.at(-1)).toEqual({ action: 'list_tags', inputs: { nope: 1 } })
  })
})

test('annotations come from the plan: reads, additions, removals, and the passthrough by what is allowed', async () => {
  const hintsOf = async (name: string, allowWrites = false) => {
    const service = serve('individual', 'nested', allowWrites)
    return service.toolBox.tools.find((tool) => tool.name === name)?.annotations
  }
  const read = { readOnlyHint: true, destructiveHint: false, idempotentHint: true }
  expect(await hintsOf('clockwork_list_people')).toMatchObject(read)
  expect(await hintsOf('clockwork_create_person')).toMatchObject({
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: false,
  })
  expect(await hintsOf('clockwork_update_person_note')).toMatchObject({
    destructiveHint: true,
    idempotentHint: true,
  })
  expect(await hintsOf('clockwork_request')).toMatchObject({ readOnlyHint: true, destructiveHint: false })
  expect(await hintsOf('clockwork_request', true)).toMatchObject({
    readOnlyHint: false,
    destructiveHint: true,
  })
})

test('a failure tells an agent when to try again', async () => {
  const { answer } = await call('clockwork_get_note', { path: { note_id: 'n' } })
  expect(answer.result.isError).toBe(true)
  expect(answer.result.content[0].text).toMatch(/^provider\/rate-limited: [\s\S]*again after 2 seconds\.$/)
})

describe('two tools in place of many', () => {
  const service = () => serve('search_execute', 'flat_smart')
  const search = async (query: string) => {
    const { answer } = await call('clockwork_search_actions', { query, top_k: 3 }, service())
    return answer.result.structuredContent.results.map(({ action }: { action: string }) => action)
  }

  test('are all there is to list', async () => {
    const names = service().toolBox.tools.map(({ name }) => name)
    expect(names).toEqual(['clockwork_search_actions', 'clockwork_execute_action'])
  })

  test.each([
    ['find a candidate by name', 'clockwork_unified_search_candidates'],
    ['search people by name', 'clockwork_search_people'],
    ['add an email to someone', 'clockwork_add_person_email_address'],
    ['which notes does a person have', 'clockwork_list_person_notes'],
    ['candidates of a project', 'clockwork_list_project_candidacies'],
    ['subscribe to webhook events', 'clockwork_create_webhook'],
    ['LinkedIn profile', 'clockwork_add_person_linkedin_url'],
    ['phone numer', 'clockwork_add_person_phone_number'],
  ])('"%s" finds %s', async (query, expected) => {
    expect(await search(query)).toContain(expected)
  })

  test('run what was found, and say where to look for what is not there', async () => {
    await call(
      'clockwork_execute_action',
      { action: 'clockwork_list_tags', arguments: { page_size: 5 } },
      service(),
    )
    expect(ran.at(-1)).toEqual({ action: 'list_tags', inputs: { page_size: 5 } })
    const { answer } = await call('clockwork_execute_action', { action: 'nope' }, service())
    expect(answer.result).toMatchObject({ isError: true })
    expect(answer.result.content[0].text).toMatch(/clockwork_search_actions/)
  })

  test('refuse a query that says nothing', async () => {
    const { answer } = await call('clockwork_search_actions', { query: ' ' }, service())
    expect(answer.result.isError).toBe(true)
  })
})
