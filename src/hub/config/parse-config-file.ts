import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject } from 'ajv'
import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml'
import { nearestName } from '../../errors/index.ts'
import { HubError } from '../hub-error.ts'
import type { HubOptions } from '../hub-options.ts'
import type { IntegrationSetting } from '../integrations/integration.ts'
import type { FlowKeys } from './flow-settings.ts'

/** What the file may say: `schemas/hub-config.schema.json`. */
export interface ConfigFile extends FlowKeys {
  readonly data?: string
  readonly host?: string
  readonly port?: number
  readonly baseUrl?: string
  readonly connectors?: string
  readonly masterKeyFile?: string
  readonly masterKeyCommand?: readonly string[]
  readonly trustProxy?: boolean
  readonly log?: NonNullable<HubOptions['logLevel']>
  readonly requestsPerMinute?: number
  readonly maxRequestsUnderWay?: number
  readonly requestLogRows?: number
  readonly allowNetworks?: readonly string[]
  readonly allowPorts?: readonly number[]
  readonly requestLogDays?: number
  readonly sandbox?: boolean
  readonly integrations?: readonly IntegrationSetting[]
}

export interface ConfigSchema {
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const schemaFile = new URL('../../../schemas/hub-config.schema.json', import.meta.url)
const maxNodesOfAliases = 20

let compiled: { readonly schema: ConfigSchema; readonly check: ReturnType<Ajv['compile']> } | undefined

/** The schema of the file, and the check that it makes. */
export function configSchema(): NonNullable<typeof compiled> {
  if (compiled !== undefined) return compiled
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8'))
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true })
  compiled = { schema, check: ajv.compile(schema) }
  return compiled
}

/** @throws {HubError} `hub/config-invalid`, every problem with its line */
export function parseConfigFile(text: string, file: string): ConfigFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true })
  const refuse = (problems: readonly { readonly offset: number; readonly message: string }[]): never => {
    const told = problems.map(({ offset, message }) => `${file}:${lines.linePos(offset).line}: ${message}`)
    throw new HubError('hub/config-invalid', { message: told.join('\n') })
  }
  if (document.errors.length > 0)
    refuse(document.errors.map(({ pos, message }) => ({ offset: pos[0], message: endSentence(message) })))
  const value = plainValueOf(document)
  if (value instanceof ReferenceError) refuse([{ offset: 0, message: endSentence(value.message) }])
  const { check } = configSchema()
  if (check(value)) return value as ConfigFile
  return refuse(
    (check.errors ?? []).map((error) => ({ offset: offsetOf(document, error), message: sentenceOf(error) })),
  )
}

/** The plain value; the error where its aliases, written out, would be too much. */
function plainValueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: maxNodesOfAliases }) ?? {}
  } catch (error) {
    if (error instanceof ReferenceError) return error
    throw error
  }
}

function offsetOf(document: Document, error: ErrorObject): number {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const holder = path.length === 0 ? document.contents : document.getIn(path, true)
  const { additionalProperty } = error.params as { additionalProperty?: string }
  if (additionalProperty !== undefined && isMap(holder)) {
    const pair = holder.items.find((item) => isPair(item) && String(item.key) === additionalProperty)
    if (pair !== undefined && isNode(pair.key)) return pair.key.range?.[0] ?? 0
  }
  return isNode(holder) ? (holder.range?.[0] ?? 0) : 0
}

function sentenceOf(error: ErrorObject): string {
  const name = error.instancePath.slice(1).replaceAll('/', '.') || 'The file'
  const { additionalProperty, allowedValues, missingProperty } = error.params as Record<string, unknown>
  if (typeof additionalProperty === 'string') {
    const known = Object.keys((error.parentSchema as Partial<ConfigSchema>)?.properties ?? {})
    const nearest = nearestName(additionalProperty, known)
    return `There is no setting "${additionalProperty}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`
  }
  if (typeof missingProperty === 'string') return `${name} needs "${missingProperty}".`
  if (Array.isArray(allowedValues)) return `${name} has to be one of ${allowedValues.join(', ')}.`
  return endSentence(`${name} ${error.message ?? 'cannot be'}`)
}

function endSentence(text: string): string {
  const line = text.split('\n', 1)[0] ?? ''
  return /[.?!]$/.test(line) ? line : `${line}.`
}
