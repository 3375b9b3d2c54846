import { isRecord } from '../../http/index.ts'

/**
 * Fields of a mapping for the published runtime, which makes one record of the record around it where a list of objects
 * has none: there the list is empty instead.
 */
export function lowerFields(fields: unknown): unknown {
  if (!Array.isArray(fields)) return fields
  return fields.map((field: unknown) => {
    if (!isRecord(field)) return field
    const { expression, properties } = field
    return {
      ...field,
      ...(field['type'] === 'object' && field['array'] === true && typeof expression === 'string'
        ? { expression: orEmpty(expression.trim()) }
        : {}),
      ...(properties === undefined ? {} : { properties: lowerFields(properties) }),
    }
  })
}

/** A path of plain names or a program; any other path cannot be said as a program. */
function orEmpty(expression: string): string {
  const path = /^\$\.([\w.]+)$/.exec(expression)?.[1]
  if (path !== undefined) return `{{${path} ?? []}}`
  const program = /^\{\{(.*)\}\}$/s.exec(expression)?.[1]
  return program === undefined ? expression : `{{(${program.trim()}) ?? []}}`
}
