import type { ActionPlan, ResponsePlan } from '../plan/index.ts'

/** An answer that the rules of a request understand. */
export interface SampleAnswer {
  readonly contentType: string
  readonly body: string
}

/** Rows for an action that lists, one record for any other, at the place where the definition looks for its data. */
export function sampleAnswer(
  action: ActionPlan,
  stepId: string,
  response: ResponsePlan,
  isPaged: boolean,
): SampleAnswer {
  const isList = isPaged || response.shape?.kind === 'rows' || action.actionType === 'list'
  const isRecord = response.shape?.kind === 'record'
  const required = response.shape?.kind === 'record' ? response.shape.requires : []
  const record = (id: number): Record<string, unknown> => ({
    id: String(id),
    name: `Sample ${id}`,
    ...Object.fromEntries(required.map((key) => [key, `sample-${key}`])),
  })
  const content = isList && !isRecord ? [record(1), record(2)] : record(1)
  const inner = isPaged || response.declared ? [] : pathsWithin(action, stepId)
  const data =
    inner.length === 0
      ? content
      : inner.reduce<Record<string, unknown>>((body, path) => putAt(body, path, content), record(1))
  if (response.parse !== undefined)
    return { contentType: 'text/xml', body: envelope(response.dataPath, data) }
  return { contentType: 'application/json', body: JSON.stringify(placeAt(response.dataPath, data)) }
}

/** Where later steps and the result look within the data of a step, but for what tells pages and numbers. */
function pathsWithin({ stepReads }: ActionPlan, stepId: string): readonly (readonly string[])[] {
  const prefix = `steps.${stepId}.output.data.`
  return stepReads
    .filter((path) => path.startsWith(prefix))
    .map((path) => (path.slice(prefix.length).split('[')[0] ?? '').split('.'))
    .filter((path) => !/next|cursor|token|page|total|count|has/i.test(path.at(-1) ?? ''))
}

function putAt(
  body: Record<string, unknown>,
  path: readonly string[],
  content: unknown,
): Record<string, unknown> {
  const [key = '', ...rest] = path
  const inner = body[key]
  const next = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {}
  return { ...body, [key]: rest.length === 0 ? content : putAt(next, rest, content) }
}

function placeAt(path: readonly string[], data: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), data)
}

function envelope(path: readonly string[], data: unknown): string {
  const names = path.length === 0 ? ['Result'] : path
  const items = [data].flat().map((item) => element(names.at(-1) ?? '', fieldsOf(item)))
  const inner = names.slice(0, -1).reduceRight((text, name) => element(name, text), items.join(''))
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inner}</s:Body></s:Envelope>`
}

function fieldsOf(record: unknown): string {
  return Object.entries(record as Readonly<Record<string, unknown>>)
    .map(([name, text]) => element(name, String(text)))
    .join('')
}

function element(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`
}
