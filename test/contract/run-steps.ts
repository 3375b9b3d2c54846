import { type RunOptions, runAction } from '../../src/index.ts'
import { type FakeProvider, json, startProvider } from '../engine/fake-provider.ts'
import { oneAction, planOf, requestStep } from './plan-of.ts'

/** A step without network that runs after `get`; parameters as data. */
export function pureStep(id: string, functionName: string, parameters: unknown, version = '1'): string {
  const step = { functionName, version, parameters }
  return `- stepId: ${id}\n  description: Works.\n  stepFunction: ${JSON.stringify(step)}`
}

/** A step whose output is `values`. */
export function valuesStep(id: string, values: unknown): string {
  return pureStep(id, 'static_values', { values })
}

/** The outcome of an action whose last step is named `last`: its whole output is the data. */
export async function outputOf(
  steps: readonly string[],
  {
    action = '',
    inputs = '[]',
    options = {},
  }: { action?: string; inputs?: string; options?: RunOptions } = {},
) {
  const plan = planOf(
    oneAction({
      steps: steps.join('\n'),
      action,
      inputs,
      result:
        '{ data: { output: "$.steps.last.output", errors: "$.steps.last.errors", successful: "$.steps.last.successful" } }',
    }),
  )
  const { data, meta } = await runAction(plan, 'act', options)
  return { ...(data as { output?: Record<string, unknown>; errors?: unknown; successful?: unknown }), meta }
}

/** What a provider's answer, fetched over a real socket, is mapped to. */
export async function mapAnswer(
  body: unknown,
  fields: readonly unknown[],
  more: { functionName?: string; parameters?: Record<string, unknown>; action?: string } = {},
): Promise<{ output?: Record<string, unknown>; errors?: unknown; successful?: unknown; data: unknown }> {
  const provider: FakeProvider = await startProvider((_, response) => json(response, body))
  try {
    const parameters = {
      dataSource: '$.steps.get.output.data',
      ...(fields.length === 0 ? {} : { fields }),
      ...more.parameters,
    }
    const outcome = await outputOf(
      [
        requestStep('{ url: /x, method: get }'),
        pureStep('last', more.functionName ?? 'map_fields', parameters, '2'),
      ],
      {
        inputs: '[{ name: id, type: string, description: d, required: false, in: query }]',
        ...(more.action === undefined ? {} : { action: more.action }),
        options: { origin: provider.origin, inputs: { id: 'i-1' }, credentials: { secret: 's-1234' } },
      },
    )
    return { ...outcome, data: outcome.output?.['data'] }
  } finally {
    await provider.close()
  }
}
