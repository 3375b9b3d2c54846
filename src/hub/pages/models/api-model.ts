import { isRecord } from '../../../http/index.ts'
import type { ApiModel, ApiOperation, ApiParameter } from '../views/index.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

type Json = Readonly<Record<string, unknown>>

/** The operations of an OpenAPI document, under their tags in the order of their first mention. */
export function apiModel(document: unknown, baseUrl: string): ApiModel {
  const paths = recordOf(recordOf(document)['paths'])
  const groups = new Map<string, ApiOperation[]>()
  for (const [path, item] of Object.entries(paths))
    for (const method of methods) {
      const operation = recordOf(item)[method]
      if (!isRecord(operation)) continue
      const [tag = 'Others'] = listOf(operation['tags']).map(String)
      groups.set(tag, [...(groups.get(tag) ?? []), operationOf(path, method, operation)])
    }
  return { baseUrl, groups: [...groups].map(([name, operations]) => ({ name, operations })) }
}

function operationOf(path: string, method: string, operation: Json): ApiOperation {
  const declared = listOf(operation['parameters']).map(recordOf)
  return {
    id: `${method}-${path.replace(/\W+/g, '-')}`,
    method: method.toUpperCase(),
    path,
    summary: textOf(operation['summary']) || path,
    description: textOf(operation['description']),
    parameters: [
      ...declared.map((one) => ({
        name: textOf(one['name']),
        in: textOf(one['in']),
        type: typeOf(recordOf(one['schema'])),
        required: one['required'] === true,
        description: textOf(one['description']) || textOf(recordOf(one['schema'])['description']),
      })),
      ...bodyOf(operation),
    ],
    answers: Object.keys(recordOf(operation['responses'])).map((status) =>
      status === 'default' ? 'an error' : status,
    ),
  }
}

function bodyOf(operation: Json): ApiParameter[] {
  const [content] = Object.values(recordOf(recordOf(operation['requestBody'])['content']))
  const schema = recordOf(recordOf(content)['schema'])
  const required = listOf(schema['required'])
  return Object.entries(recordOf(schema['properties'])).map(([name, property]) => ({
    name,
    in: 'body',
    type: typeOf(recordOf(property)),
    required: required.includes(name),
    description: textOf(recordOf(property)['description']),
  }))
}

function typeOf(schema: Json): string {
  const alternatives = listOf(schema['anyOf']).map((one) => typeOf(recordOf(one)))
  if (alternatives.length > 0)
    return [...new Set(alternatives)].filter((type) => type !== 'null').join(' or ')
  if (schema['const'] !== undefined) return String(schema['const'])
  if (schema['type'] === 'array') return `list of ${typeOf(recordOf(schema['items']))}`
  return textOf(schema['type']) || 'anything'
}

function recordOf(value: unknown): Json {
  return isRecord(value) ? value : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
