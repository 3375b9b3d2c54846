import { AuthError, InputError, StepError } from '../../errors/index.ts'
import { buildXml, isRecord, XmlError } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { Evaluate, RunContext } from '../run-context.ts'
import type { PlacedArguments } from './compile-arguments.ts'
import { toText } from './compile-arguments.ts'
import type { BodyWriter, WrittenBody } from './write-body.ts'

const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'
const wssNamespace = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
const passwordText =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText'
const declaration = '<?xml version="1.0" encoding="UTF-8"?>'

/** Compiles what a SOAP step sends: its own envelope, or one around the body args. */
export function compileEnvelope(
  parameters: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  compiler: Compiler,
): BodyWriter {
  const own = compileOwnEnvelope(parameters['envelope'], [...at, 'envelope'], compiler)
  const operation = compiler.value(parameters['soapOperation'], [...at, 'soapOperation']).evaluate
  const action = compiler.value(parameters['soapAction'], [...at, 'soapAction']).evaluate
  const namespaces = compiler.value(parameters['namespaces'], [...at, 'namespaces']).evaluate
  const useContext = compiler.value(parameters['useSoapContext'] ?? true, [...at, 'useSoapContext']).evaluate
  if (own === undefined && parameters['soapOperation'] === undefined)
    compiler.report('definition/missing-key', 'A SOAP step without "envelope" needs "soapOperation".', at, {
      severity: 'warning',
      hint: 'Name the element around the body args in `soapOperation`, or write the whole `envelope`.',
    })
  return (placed, context) => {
    const token = own === undefined && useContext(context) === true ? userToken(context) : undefined
    const text =
      own?.(context) ??
      buildEnvelope(placed, toText(operation(context) ?? ''), namespaces(context), token?.header)
    return finish(text, placed, action(context), token)
  }
}

function finish(
  text: string,
  placed: PlacedArguments,
  action: unknown,
  token: UserToken | undefined,
): WrittenBody {
  return {
    content: text,
    contentType: placed.headers['content-type'] ?? 'application/xml',
    ...(action === undefined || action === null ? {} : { headers: { soapaction: toText(action) } }),
    ...(token === undefined ? {} : { secretValues: token.secretValues }),
  }
}

function buildEnvelope(
  placed: PlacedArguments,
  operation: string,
  declared: unknown,
  header: Readonly<Record<string, unknown>> | undefined,
): string {
  if (operation === '')
    throw new StepError('step/failed', {
      message: 'The SOAP operation is missing: `soapOperation` gives nothing.',
    })
  const namespaces = (Array.isArray(declared) ? declared : []).filter(isRecord)
  const prefix = namespaces[0] === undefined ? undefined : String(namespaces[0]['namespaceIdentifier'])
  const attributes = Object.fromEntries(
    namespaces.map((entry) => [`@_xmlns:${String(entry['namespaceIdentifier'])}`, entry['namespace']]),
  )
  const content = { [operation]: placed.body ?? null }
  return writeXml({
    'soapenv:Envelope': {
      '@_xmlns:soapenv': soapNamespace,
      ...attributes,
      'soapenv:Header': header ?? null,
      'soapenv:Body': prefix === undefined ? content : addPrefix(content, prefix),
    },
  })
}

/** Every element and attribute without a prefix gets the one of the first namespace, as the format has it. */
function addPrefix(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((item) => addPrefix(item, prefix))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [withPrefix(name, prefix), addPrefix(inner, prefix)]),
  )
}

function withPrefix(name: string, prefix: string): string {
  if (name.includes(':') || name === '#text' || name === '@_xmlns') return name
  return name.startsWith('@_') ? `@_${prefix}:${name.slice(2)}` : `${prefix}:${name}`
}

interface UserToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly secretValues: readonly string[]
}

/** The UsernameToken of WS-Security, from the credentials `username` and `password`; none without a user name. */
function userToken({ credentials }: RunContext): UserToken | undefined {
  const { username, password } = credentials
  if (username === undefined || username === null || username === '') return undefined
  if (password === undefined || password === null)
    throw new AuthError('auth/missing-credential', {
      message: 'The SOAP header needs the credential "password".',
    })
  const secret = toText(password)
  return {
    secretValues: [secret],
    header: {
      'wsse:Security': {
        '@_xmlns:wsse': wssNamespace,
        '@_soapenv:mustUnderstand': '1',
        'wsse:UsernameToken': {
          'wsse:Username': toText(username),
          'wsse:Password': { '@_Type': passwordText, '#text': secret },
        },
      },
    },
  }
}

/**
 * An envelope of the definition: a structure with expressions at its leaves, or a text with holes. Values in the holes
 * are escaped, so that no input can write elements of its own; a text that is one expression is taken as it is.
 */
function compileOwnEnvelope(
  envelope: unknown,
  at: DefinitionPath,
  compiler: Compiler,
): ((context: RunContext) => string) | undefined {
  if (envelope === undefined) return undefined
  if (typeof envelope !== 'string') {
    const structure = compiler.value(envelope, at).evaluate
    return (context) => {
      const value = structure(context)
      if (isRecord(value) && Object.keys(value).length === 1) return writeXml(value)
      throw new StepError('step/failed', {
        message: 'The SOAP envelope must be an object with one key, its root element.',
      })
    }
  }
  const expression = compiler.expression(envelope, at)
  const parts = expression?.template
  const write: Evaluate =
    parts === undefined
      ? (context) => (expression?.kind === 'text' ? envelope : expression?.evaluateSafely(context))
      : (context) =>
          parts
            .map((part) => (part.kind === 'text' ? part.value : escapeXml(holeText(part.evaluate(context)))))
            .join('')
  return (context) => {
    const text = write(context)
    if (typeof text === 'string' && text.trim() !== '') return text
    throw new StepError('step/failed', { message: 'The SOAP envelope is empty.' })
  }
}

function holeText(value: unknown): string {
  return value === undefined || value === null ? '' : toText(value)
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)
}

function writeXml(value: Readonly<Record<string, unknown>>): string {
  try {
    return `${declaration}${buildXml(value)}`
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    throw new InputError([
      {
        code: 'input/invalid',
        name: 'body',
        message: `The body cannot be written as XML: ${error.message}.`,
      },
    ])
  }
}
