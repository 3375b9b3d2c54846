import { inspect } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { fromJsonSchema, McpServer } from '@modelcontextprotocol/server'
import {
  explainAction,
  type RunEvent,
  type RunOptions,
  runAction,
  type StepAdapters,
} from '../../src/index.ts'
import { json, startProvider } from '../engine/fake-provider.ts'
import { startMcpServer } from './mcp-server.ts'
import { oneAction, planOf } from './plan-of.ts'
import { proves } from './proves.ts'
import { pureStep } from './run-steps.ts'

const whole = '{ data: { output: "$.steps.last.output" } }'

async function outputOfStep(
  functionName: string,
  parameters: unknown,
  options: RunOptions = {},
  more: Readonly<Record<string, string>> = {},
) {
  const plan = planOf(
    oneAction({ steps: pureStep('last', functionName, parameters), result: whole, ...more }),
  )
  const { data } = await runAction(plan, 'act', options)
  return (data as { output: Record<string, unknown> }).output
}

describe('mcp_request', () => {
  const makeServer = () => {
    const server = new McpServer({ name: 'tools', version: '1.0.0' })
    const inputSchema = fromJsonSchema({ type: 'object', properties: { n: { type: 'number' } } } as never)
    server.registerTool('structured', { description: 'S', inputSchema }, async (input) => ({
      content: [{ type: 'text', text: 'text' }],
      structuredContent: { got: input },
    }))
    server.registerTool('json', { description: 'J' }, async () => ({
      content: [{ type: 'text', text: '{"a":1}' }],
    }))
    server.registerTool('content', { description: 'C' }, async () => ({
      content: [
        { type: 'text', text: 'one' },
        { type: 'text', text: 'two' },
      ],
    }))
    server.registerTool('fails', { description: 'F' }, async () => ({
      content: [{ type: 'text', text: 'no such person' }],
      isError: true,
    }))
    return server
  }
  const authorization = '{ type: bearer, token: $.credentials.secret }'

  proves(
    '7/mcp_request',
    'structured content, else the sole text as JSON, else the content; a tool error is a 502; secrets are masked',
    async () => {
      const server = await startMcpServer(makeServer)
      const events: RunEvent[] = []
      const options: RunOptions = {
        origin: server.origin,
        credentials: { secret: 'canary-token-1' },
        observer: (event) => void events.push(event),
      }
      const call = (toolName: string, args: unknown[] = []) =>
        outputOfStep('mcp_request', { url: '/mcp', method: 'tools/call', toolName, args }, options, {
          authorization,
        })
      try {
        const args = [
          { name: 'n', value: '{{1 + 1}}' },
          { name: 'dropped', value: 'x', condition: '{{"truthy"}}' },
          { name: 'kept', value: 'x', condition: '{{1 == 1}}' },
        ]
        expect((await call('structured', args))['data']).toEqual({ got: { n: 2, kept: 'x' } })
        expect(await call('json')).toMatchObject({ data: { a: 1 }, statusCode: 200 })
        expect((await call('content'))['data']).toEqual([
          { type: 'text', text: 'one' },
          { type: 'text', text: 'two' },
        ])
        const failed = await call('fails').catch((error: unknown) => error)
        expect(failed).toMatchObject({
          code: 'provider/failed',
          status: 502,
          step: 'last',
          providerMessage: 'no such person',
        })
        await expect(call('absent')).rejects.toMatchObject({ code: 'provider/failed', status: 502 })
        const { data } = await outputOfStep('mcp_request', { url: '/mcp', method: 'tools/list' }, options, {
          authorization,
        })
        expect((data as { name: string }[]).map(({ name }) => name)).toEqual([
          'structured',
          'json',
          'content',
          'fails',
        ])
        expect(server.seen.every(({ headers }) => headers.authorization === 'Bearer canary-token-1')).toBe(
          true,
        )
        expect(server.seen.length).toBeGreaterThan(5)
        expect(inspect([events, failed], { depth: 20 })).not.toContain('canary')
      } finally {
        await server.close()
      }
    },
  )

  test('explain shows the message with the tool and its arguments', () => {
    const parameters = {
      url: '/mcp',
      method: 'tools/call',
      toolName: 'structured',
      args: [{ name: 'n', value: '{{1 + 1}}' }],
    }
    const plan = planOf(oneAction({ steps: pureStep('last', 'mcp_request', parameters), result: whole }))
    expect(explainAction(plan, 'act').requests).toMatchObject([
      {
        method: 'POST',
        url: 'https://api.acme.test/v1/mcp',
        body: { method: 'tools/call', params: { name: 'structured', arguments: { n: 2 } } },
      },
    ])
  })

  test('a refusal of the credentials, a server that is none, and a slow one are coded errors', async () => {
    const call = async (answer: Parameters<typeof startProvider>[0], more: object = {}) => {
      const provider = await startProvider(answer)
      try {
        const parameters = { url: '/mcp', method: 'tools/call', toolName: 'x', ...more }
        return await outputOfStep('mcp_request', parameters, { origin: provider.origin })
      } finally {
        await provider.close()
      }
    }
    await expect(call((_, response) => json(response, {}, 401))).rejects.toMatchObject({
      code: 'auth/rejected',
    })
    await expect(call((_, response) => json(response, { no: 'mcp' }))).rejects.toMatchObject({
      code: 'provider/failed',
    })
    await expect(call(() => {}, { timeout: 200 })).rejects.toMatchObject({ code: 'network/timeout' })
  })
})

describe('adapters', () => {
  const lambda = {
    lambdaName: 'sum',
    qualifier: '${inputs.id}',
    args: [
      { name: 'a', value: '{{1 + 1}}' },
      { name: 'b', value: 1, condition: '{{1 == 2}}' },
    ],
    dataKey: 'result.sum',
  }
  const inputs = '[{ name: id, type: string, description: d, required: false, in: query }]'

  proves(
    '7/code_execution_lambda',
    'the adapter of the operator runs it; without one the step ends with its own code',
    async () => {
      const calls: unknown[] = []
      const adapters: StepAdapters = {
        codeExecutionLambda: async (request, { step, action, timeoutMs, signal }) => {
          calls.push({ request, step, action, hasTime: timeoutMs > 0, aborted: signal.aborted })
          return { payload: { result: { sum: 2 } }, statusCode: 200, executedVersion: '7' }
        },
      }
      const run = (options: RunOptions) =>
        outputOfStep('code_execution_lambda', lambda, { inputs: { id: 'live' }, ...options }, { inputs })
      expect(await run({ adapters })).toEqual({
        data: 2,
        raw: { result: { sum: 2 } },
        statusCode: 200,
        executedVersion: '7',
      })
      expect(calls).toEqual([
        {
          request: { lambdaName: 'sum', qualifier: 'live', args: { a: 2 } },
          step: 'last',
          action: 'acme_act',
          hasTime: true,
          aborted: false,
        },
      ])
      await expect(run({})).rejects.toMatchObject({
        code: 'step/no-adapter',
        step: 'last',
        hint: expect.stringContaining('adapters.codeExecutionLambda'),
      })
      const failing: StepAdapters = { codeExecutionLambda: async () => ({ payload: 'x', statusCode: 500 }) }
      await expect(run({ adapters: failing })).rejects.toMatchObject({ code: 'provider/failed', status: 500 })
    },
  )

  proves('7/browser_use', 'runs in asynchronous actions only, by the adapter of the operator', async () => {
    const adapters: StepAdapters = {
      browserUse: async ({ startUrl }) => ({ payload: { visited: startUrl } }),
    }
    const parameters = { startUrl: 'https://example.com', systemPrompt: 'Look.' }
    const run = (options: RunOptions, action = 'executionMode: async') =>
      outputOfStep('browser_use', parameters, options, { action })
    expect(await run({ adapters })).toMatchObject({ data: { visited: 'https://example.com' } })
    await expect(run({})).rejects.toMatchObject({ code: 'step/no-adapter' })
    await expect(run({ adapters }, '')).rejects.toMatchObject({
      code: 'step/failed',
      message: expect.stringContaining('executionMode'),
    })
  })

  test('an adapter that throws or never ends cannot leak its words or hold the run', async () => {
    const run = (adapters: StepAdapters, more: RunOptions = {}) =>
      outputOfStep('code_execution_lambda', lambda, { adapters, ...more }, { inputs }).catch(
        (error: unknown) => error,
      )
    const leaking = await run({
      codeExecutionLambda: () => {
        throw new TypeError('canary-secret')
      },
    })
    expect(leaking).toMatchObject({ code: 'step/failed', message: expect.stringContaining('TypeError') })
    expect(inspect(leaking)).not.toContain('canary')
    let signal: AbortSignal | undefined
    const hanging: StepAdapters = {
      codeExecutionLambda: (_, call) => {
        signal = call.signal
        return new Promise(() => {})
      },
    }
    expect(await run(hanging, { timeoutMs: 50 })).toMatchObject({ code: 'network/timeout' })
    expect(signal?.aborted).toBe(true)
  })
})
