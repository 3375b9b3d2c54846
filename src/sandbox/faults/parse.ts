import { checkFaultRule, faultKind, usage } from './check.ts'
import { countFields, type FaultField, type FaultRule, faultFields } from './rule.ts'

/**
 * Reads the compact form of a rule: `<kind>[@[<METHOD> ]<path>][:<name>=<value>,…]`, such as
 * `rate-limit@/people:times=2,retryAfter=1` or `drop-after@POST ^/people$`.
 *
 * @throws {CliError} `cli/usage`, saying what is wrong
 */
export function parseFault(text: string): FaultRule {
  const colon = text.indexOf(':')
  const head = colon === -1 ? text : text.slice(0, colon)
  const at = head.indexOf('@')
  const kind = faultKind((at === -1 ? head : head.slice(0, at)).trim())
  const known: Readonly<Record<string, FaultField>> = { ...countFields, ...faultFields[kind] }
  const counts: Record<string, unknown> = {}
  const fault: Record<string, unknown> = { kind }
  for (const pair of colon === -1 ? [] : pairs(text.slice(colon + 1))) {
    const [, name = '', value = ''] = /^\s*(\w+)=(.*)$/s.exec(pair) ?? []
    if (name === '') throw usage(`${JSON.stringify(pair)} is not of the form name=value.`)
    const field = Object.hasOwn(known, name) ? known[name] : undefined
    if (field === undefined) throw usage(`${kind} has no ${name}: it takes ${Object.keys(known).join(', ')}.`)
    const owner = Object.hasOwn(countFields, name) ? counts : fault
    if (Object.hasOwn(owner, name)) throw usage(`${name} stands twice.`)
    owner[name] = fieldValue(value, field)
  }
  const match = at === -1 ? {} : { match: matchOf(head.slice(at + 1).trim()) }
  return checkFaultRule({ ...match, ...counts, fault })
}

/** A comma parts two values only where a name and `=` follow, so that JSON may hold commas. */
function pairs(text: string): readonly string[] {
  return text.split(/,(?=\s*\w+=)/)
}

function matchOf(text: string): NonNullable<FaultRule['match']> {
  if (text === '') throw usage('A path or method is missing behind @.')
  const [, method, path] = /^(?:([A-Za-z]+)(?:\s+|$))?(.*)$/s.exec(text) ?? []
  return { ...(method === undefined ? {} : { method }), ...(path ? { path } : {}) }
}

function fieldValue(text: string, { type }: FaultField): unknown {
  switch (type) {
    case 'integer':
      return /^\d+$/.test(text) ? Number(text) : text
    case 'wait':
      if (text === 'null') return null
      return /^\d+$/.test(text) ? Number(text) : text
    case 'text':
    case 'header':
      return text
    case 'headers':
    case 'json':
      return jsonOrText(text)
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
