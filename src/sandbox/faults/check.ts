import { CliError, nearestName } from '../../errors/index.ts'
import { isRecord } from '../write-fields.ts'
import { countFields, type FaultField, type FaultKind, type FaultRule, faultFields } from './rule.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

/**
 * A value from outside as a rule.
 *
 * @throws {CliError} `cli/usage`, naming the field at fault
 */
export function checkFaultRule(value: unknown): FaultRule {
  if (!isRecord(value) || !isRecord(value['fault'])) throw usage('A fault rule is an object with a fault.')
  const { match, fault, ...counts } = value
  checkMatch(match)
  checkFields('A fault rule', counts, countFields)
  const { kind, ...fields } = fault
  const known = faultKind(kind)
  checkFields(`The fault ${known}`, fields, faultFields[known])
  return value as unknown as FaultRule
}

/** @throws {CliError} `cli/usage`, with the nearest name */
export function faultKind(kind: unknown): FaultKind {
  if (typeof kind === 'string' && Object.hasOwn(faultFields, kind)) return kind as FaultKind
  const kinds = Object.keys(faultFields)
  const nearest = typeof kind === 'string' ? nearestName(kind, kinds) : undefined
  const guess = nearest === undefined ? '' : ` Did you mean ${nearest}?`
  throw usage(`There is no fault ${JSON.stringify(kind)}.${guess}`, `The faults are ${kinds.join(', ')}.`)
}

export function usage(
  message: string,
  hint = 'The reference page of the sandbox lists the fault rules.',
): CliError {
  return new CliError('cli/usage', { message, hint })
}

function checkMatch(match: unknown): void {
  if (match === undefined) return
  if (!isRecord(match)) throw usage('match is an object with method, path or both.')
  const { method, path, ...others } = match
  const [other] = Object.keys(others)
  if (other !== undefined) throw usage(`match has no ${other}: it has method and path.`)
  if (method !== undefined && !methods.includes(String(method).toUpperCase())) {
    throw usage(`match.method is one of ${methods.join(', ')}.`)
  }
  if (path !== undefined && typeof path !== 'string' && !(path instanceof RegExp)) {
    throw usage('match.path is a text.')
  }
}

function checkFields(
  owner: string,
  values: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, FaultField>>,
): void {
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name]
    if (value === undefined) {
      if (field.required) throw usage(`${owner} needs ${name}.`)
    } else if (!fits(value, field)) {
      throw usage(`${owner} has a bad ${name}: ${wanted(field)} is wanted.`)
    }
  }
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(fields, name))
  if (unknown === undefined) return
  const names = Object.keys(fields)
  throw usage(
    `${owner} has no ${unknown}: ${names.length === 0 ? 'it takes nothing' : `it takes ${names.join(', ')}`}.`,
  )
}

function fits(value: unknown, { type, least = 0, most = 0 }: FaultField): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
    case 'text':
      return typeof value === 'string'
    case 'header':
      return isHeaderValue(value)
    case 'headers':
      return isRecord(value) && Object.entries(value).every(isHeader)
    case 'wait':
      return value === null || isHeaderValue(value) || (Number.isInteger(value) && (value as number) >= 0)
    case 'json':
      return true
  }
}

function wanted({ type, least, most }: FaultField): string {
  switch (type) {
    case 'integer':
      return `a whole number from ${least} to ${most}`
    case 'text':
      return 'a text'
    case 'header':
      return 'a text that a header can carry'
    case 'headers':
      return 'an object of header names and texts'
    case 'wait':
      return 'a number of seconds, a date or null'
    case 'json':
      return 'JSON'
  }
}

const isHeader = ([name, value]: [string, unknown]): boolean => /^[\w-]+$/.test(name) && isHeaderValue(value)

const isHeaderValue = (value: unknown): boolean => typeof value === 'string' && /^[\t\x20-\x7e]*$/.test(value)
