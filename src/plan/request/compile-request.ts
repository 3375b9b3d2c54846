import { AuthError, InputError } from '../../errors/index.ts'
import {
  appendQuery,
  buildQueryString,
  isRecord,
  mask,
  type PreparedRequest,
  type QueryParameter,
} from '../../http/index.ts'
import type { AppliedAuthorization, AuthorizationPlan } from '../auth/authorization-plan.ts'
import { compileAuthorization } from '../auth/compile-authorization.ts'
import { readsSecret } from '../auth/reads-secret.ts'
import { compileSaml } from '../auth/saml/compile-saml.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import { corruptedForms } from '../exact/corrupted-forms.ts'
import type { Evaluate, RunContext } from '../run-context.ts'
import {
  type ArgumentPlan,
  compileArguments,
  type PlacedArguments,
  placeArguments,
  queryParameters,
  toText,
} from './compile-arguments.ts'
import { compileCertificates } from './compile-certificates.ts'
import { compileLookup } from './compile-lookup.ts'
import { compileMethod, effectOf } from './compile-method.ts'
import { compilePassthrough } from './compile-passthrough.ts'
import type { RateLimitReader } from './compile-rate-limit.ts'
import { compileResponse, type ResponseStyle } from './compile-response.ts'
import { compileUrl } from './compile-url.ts'
import { authorizationParts, compileArgumentParts, fixedParts } from './request-parts.ts'
import type { PageParameters, RequestEnvironment, RequestPlan } from './request-plan.ts'
import { type BodyWriter, type WrittenBody, writeBody } from './write-body.ts'

/** What every request of a connector shares. */
export interface ConnectorRequestDefaults {
  readonly baseUrl: string
  readonly baseUrlAt: DefinitionPath
  /** Headers and query of `x-mainspring.request`, as arguments. */
  readonly args: readonly ArgumentPlan[]
  /** `x-mainspring.errors`. */
  readonly errors: unknown
  /** Finds the connector's answers that mean 429 without saying it. */
  readonly readRateLimit?: RateLimitReader | undefined
  /** Whether `credentials.<key>` holds a secret. */
  readonly isSecret: (credential: string) => boolean
  readonly userAgent: string
}

/** RFC 9110 §5.5: visible characters, spaces and tabs; bytes above ASCII are tolerated. */
const headerText = /^[\t\x20-\x7e\x80-\xff]*$/
/** Where nothing is sent there is no key. */
const unknownKey = '<idempotency key>'
const accept = 'application/json, text/plain, */*'
const secondMarkNote =
  'The URL holds a `?` already, so the query follows with `&`; the original would write a second `?`.'

/** In what a step function differs from `request`. */
export interface RequestVariant {
  /** Where the definition names no method. */
  readonly method?: string
  /** Makes the body in place of JSON, form or XML. */
  readonly writeBody?: BodyWriter
  readonly responseStyle?: ResponseStyle
  /** The original signs no request of this kind. */
  readonly isPaginated?: boolean
  /** It changes nothing, though its method may: a query in a body, as of GraphQL and SOAP. */
  readonly readsOnly?: boolean
  /** What the content of its file is read from. */
  readonly filePaths?: readonly string[]
}

/** Compiles the parameters that all step functions over HTTP have in common. */
export function compileRequest(
  parameters: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  extension: Readonly<Record<string, unknown>>,
  extensionAt: DefinitionPath,
  defaults: ConnectorRequestDefaults,
  compiler: Compiler,
  variant: RequestVariant = {},
): RequestPlan {
  const compiledMethod = compileMethod(parameters['method'] ?? variant.method, compiler, [...at, 'method'])
  const { method, choose } = compiledMethod
  const effectFor = (name: string) => (variant.readsOnly === true ? 'read' : effectOf(name))
  const effect = variant.readsOnly === true ? 'read' : compiledMethod.effect
  const ownBase = typeof parameters['baseUrl'] === 'string'
  const base = ownBase ? String(parameters['baseUrl']) : defaults.baseUrl
  const baseAt = ownBase ? [...at, 'baseUrl'] : defaults.baseUrlAt
  const passthrough = isRecord(extension['passthrough'])
    ? compilePassthrough(extension['passthrough'], compiler, [...extensionAt, 'passthrough'])
    : undefined
  const url = compileUrl(
    base,
    baseAt,
    passthrough ? '' : String(parameters['url'] ?? ''),
    [...at, 'url'],
    compiler,
  )
  const continueUrl = compileContinueUrl(base, baseAt, extension['paging'], extensionAt, compiler)
  const args = [...defaults.args, ...compileArguments(parameters['args'], compiler, [...at, 'args'])]
  const own =
    parameters['authorization'] === undefined
      ? undefined
      : compileAuthorization(parameters['authorization'], compiler, [...at, 'authorization'])
  const saml = compileSaml(parameters['saml'], compiler, [...at, 'saml'])
  const encode = compiler.value(parameters['encodeQueryParams'], [...at, 'encodeQueryParams']).evaluate
  const secretArgs = findSecretArguments(args, defaults.isSecret)
  const retrying = isRecord(extension['retry']) ? extension['retry'] : {}
  const { safe, idempotencyKey } = retrying
  const idempotencyHeader = typeof idempotencyKey === 'string' ? idempotencyKey.toLowerCase() : undefined
  const lookup = compileLookup(retrying['lookup'], compiler, [...extensionAt, 'retry', 'lookup'])
  const isRepeatable = (kind: PreparedRequest['effect']) =>
    typeof safe === 'boolean' ? safe : kind === 'read' || idempotencyHeader !== undefined

  const argumentParts = compileArgumentParts(args, compiler)
  const ownParts = fixedParts(
    { 'base URL': baseAt, url: passthrough ? [...extensionAt, 'passthrough', 'path'] : [...at, 'url'] },
    compiler,
  )
  const ownCertificates = compileCertificates(parameters['certificates'], compiler, [...at, 'certificates'])
  const writeOwnBody = variant.writeBody ?? writeBody
  const sameSecrets = keepEqual()

  function prepare(
    context: RunContext,
    environment: RequestEnvironment,
    page?: PageParameters,
  ): PreparedRequest {
    const free = passthrough?.(context, environment.allowWrites)
    const authorization: AuthorizationPlan = own ?? environment.authorization
    const applied = authorization.apply(context)
    const continues = page?.continues === true ? continueUrl : undefined
    const placed = placeArguments(continues === undefined ? args : defaults.args, context, environment.note)
    if (free !== undefined) {
      for (const { name, value, format } of free.query)
        placed.query.set(name, { value: typeof value === 'string' ? value : [...value], format })
      if (free.body !== undefined) placed.body = free.body
    }
    for (const addition of environment.additions ?? []) addPage(placed, addition)
    if (page !== undefined) addPage(placed, page)
    const nowMs = environment.nowMs ?? Date.now
    const assertion = saml?.sign(context, nowMs())
    if (saml !== undefined)
      placed.body = { ...(isRecord(placed.body) ? placed.body : {}), [saml.objectKey]: assertion }
    const body = writeOwnBody(placed, context)
    const parameterList: QueryParameter[] = queryParameters(placed.query)
    for (const { name, value } of applied.query) parameterList.push({ name, value, format: 'repeat' })
    const path = `${(continues ?? url).build(context, environment.note)}${free?.path ?? ''}`
    const query = writeQuery(
      parameterList,
      encode(context) === false ? (compiler.exact ? 'original' : 'raw') : 'encoded',
    )
    if (query !== '' && path.includes('?')) environment.note?.('second-question-mark', secondMarkNote)
    const target =
      page?.link ?? (compiler.exact && query !== '' ? `${path}?${query}` : appendQuery(path, query))
    const verb = free?.method ?? choose(context)
    const certificate = (ownCertificates ?? environment.certificates)?.(context)
    const request: PreparedRequest = {
      method: verb,
      url: environment.origin === undefined ? target : replaceOrigin(target, environment.origin),
      urlTemplate: free?.path ?? (continues ?? url).template,
      headers: {
        ...(idempotencyHeader === undefined
          ? {}
          : { [idempotencyHeader]: environment.idempotencyKey ?? unknownKey }),
        ...writeHeaders(placed, applied, authorization, body, defaults.userAgent),
      },
      ...(body === undefined ? {} : { body: body.content }),
      ...(certificate === undefined ? {} : { clientCertificate: certificate }),
      ...(compiler.exact ? { original: true } : {}),
      ...(environment.origin === undefined ? {} : { trustedOrigin: true }),
      ...(url.declaredPort === undefined ? {} : { declaredPort: url.declaredPort }),
      effect: effectFor(verb),
      repeatable: isRepeatable(effectFor(verb)),
      secrets: {
        headers: shownHeaders(placed, applied, secretArgs.headers),
        query: new Set([...secretArgs.query, ...applied.query.map((part) => part.name)]),
        values: sameSecrets([
          ...environment.secretValues,
          ...(compiler.exact ? environment.secretValues.flatMap(corruptedForms) : []),
          ...applied.secretValues,
          ...secretHeaderValues(placed, secretArgs.headers),
          ...secretArgs.query.flatMap((name) => placed.query.get(name)?.value ?? []),
          ...secretBodyValues(placed, secretArgs.body),
          ...(body?.secretValues ?? []),
          ...(assertion === undefined ? [] : [assertion]),
        ]),
      },
    }
    if (authorization.sign === undefined) return request
    if (variant.isPaginated === true || encode(context) === false)
      throw new AuthError('auth/signing-failed', {
        message:
          variant.isPaginated === true
            ? 'A paginated_request cannot be signed; use request with x-mainspring.paging.'
            : 'A request whose query is sent raw (encodeQueryParams: false) cannot be signed.',
      })
    return authorization.sign(request, context, nowMs())
  }

  return {
    method,
    effect,
    repeatable: isRepeatable(effect),
    ...(typeof safe === 'boolean'
      ? { declaredSafe: safe }
      : idempotencyHeader === undefined
        ? {}
        : { declaredSafe: true }),
    ...(idempotencyHeader === undefined ? {} : { idempotencyHeader }),
    ...(lookup === undefined ? {} : { lookup }),
    passthrough: passthrough !== undefined,
    response: compileResponse(
      parameters,
      at,
      extension['response'],
      defaults.errors,
      compiler,
      variant.responseStyle,
    ),
    conditional: isConditional(extension['conditional'], method, extensionAt, compiler),
    cacheMinutes: compileCacheMinutes(parameters['cacheTTL'], method, at, compiler),
    ...(defaults.readRateLimit === undefined ? {} : { readRateLimit: defaults.readRateLimit }),
    urlTemplate: url.template,
    nullableInputs: findNullableInputs(args),
    fileInputs: new Set(inputNames(variant.filePaths ?? [])),
    parts(context, environment) {
      const added = authorizationParts(own ?? environment.authorization, context)
      const replaced = new Set(added.filter(({ part }) => part.startsWith('header ')).map(({ part }) => part))
      const given = argumentParts(context).filter(({ part }) => !replaced.has(part))
      const { signingSources = [] } = own ?? environment.authorization
      return [...ownParts, ...given, ...added, ...signingSources]
    },
    prepare,
  }
}

/** The address of the pages after the first, where `x-mainspring.paging` names another one for them. */
function compileContinueUrl(
  base: string,
  baseAt: DefinitionPath,
  paging: unknown,
  extensionAt: DefinitionPath,
  compiler: Compiler,
) {
  const path = isRecord(paging) ? paging['continueUrl'] : undefined
  if (typeof path !== 'string') return undefined
  return compileUrl(base, baseAt, path, [...extensionAt, 'paging', 'continueUrl'], compiler)
}

function isConditional(
  declared: unknown,
  method: string,
  extensionAt: DefinitionPath,
  compiler: Compiler,
): boolean {
  if (declared !== true || compiler.exact) return false
  if (method === 'GET') return true
  const at = [...extensionAt, 'conditional']
  compiler.report('definition/no-effect', `"conditional" has no effect on ${method}.`, at, {
    severity: 'warning',
  })
  return false
}

/** GET and POST only: a change that is answered from memory did not happen. */
function compileCacheMinutes(
  declared: unknown,
  method: string,
  at: DefinitionPath,
  compiler: Compiler,
): Evaluate | undefined {
  if (declared === undefined || declared === 0) return undefined
  if (method === 'GET' || method === 'POST') return compiler.value(declared, [...at, 'cacheTTL']).evaluate
  compiler.report('step/unsupported', `"cacheTTL" has no effect on ${method}.`, [...at, 'cacheTTL'], {
    severity: 'warning',
    hint: 'An answer out of a cache would stand for a change that was never made.',
  })
  return undefined
}

/** Gives an equal list as the very same one: what the transport derives from it is kept by its identity. */
function keepEqual(): (values: readonly string[]) => readonly string[] {
  let last: readonly string[] = []
  return (values) => {
    if (values.length !== last.length || values.some((value, index) => value !== last[index])) last = values
    return last
  }
}

function findNullableInputs(args: readonly ArgumentPlan[]): Set<string> {
  const sent = args.filter((arg) => arg.in === 'body' && arg.condition === undefined && !arg.inline)
  return new Set(inputNames(sent.flatMap((arg) => arg.value.direct)))
}

function inputNames(paths: readonly string[]): string[] {
  return paths.filter((path) => path.startsWith('inputs.')).map((path) => path.slice('inputs.'.length))
}

function addPage(placed: PlacedArguments, page: PageParameters): void {
  for (const [name, value] of Object.entries(page.values)) {
    if (value === undefined) continue
    if (page.in === 'query') placed.query.set(name, { value: toText(value), format: 'repeat' })
    else placed.body = setAt(placed.body, page.nested === true ? name.split('.') : [name], value)
  }
}

/** A copy of the body with one value in it; what stands there already keeps its place among its neighbours. */
function setAt(body: unknown, [key = '', ...inner]: readonly string[], value: unknown): unknown {
  const target = isRecord(body) ? body : {}
  return { ...target, [key]: inner.length === 0 ? value : setAt(target[key], inner, value) }
}

/** What would end the query, or be taken out of the URL on its way. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const unsafeInRawQuery = /[\u0000-\u001f\u007f#]/

function writeQuery(parameters: readonly QueryParameter[], form: 'encoded' | 'raw' | 'original'): string {
  for (const { name, value } of parameters) {
    const texts = [name, ...(typeof value === 'string' ? [value] : value)]
    if (!texts.every((text) => text.isWellFormed()))
      throw new InputError([
        {
          code: 'input/invalid',
          name,
          message: `Query value "${name}" holds half of a surrogate pair, which no URL can carry.`,
        },
      ])
    if (form === 'raw' && texts.some((text) => unsafeInRawQuery.test(text)))
      throw new InputError([
        {
          code: 'input/invalid',
          name,
          message: `Query value "${name}" is sent as it is, and holds "#" or a control character, which no query can.`,
        },
      ])
  }
  return buildQueryString(parameters, form === 'encoded')
}

function writeHeaders(
  placed: PlacedArguments,
  applied: AppliedAuthorization,
  authorization: AuthorizationPlan,
  body: WrittenBody | undefined,
  userAgent: string,
): Record<string, string> {
  const headers: Record<string, string> = { accept, 'user-agent': userAgent, ...body?.headers }
  // Authentication comes last: an argument of the same name loses, unless nothing authenticates.
  const ownAuthorization = authorization.allowsOwnHeader || applied.headers.length === 0
  for (const name in placed.headers) {
    if (name !== 'authorization' || ownAuthorization) headers[name] = placed.headers[name] ?? ''
  }
  if (body !== undefined) headers['content-type'] = body.contentType
  for (const { name, value } of applied.headers) {
    if (!headerText.test(value))
      throw new AuthError('auth/invalid-credential', {
        message: `A credential holds a character that the header "${name}" cannot carry.`,
      })
    headers[name.toLowerCase()] = value
  }
  return headers
}

function shownHeaders(
  placed: PlacedArguments,
  applied: AppliedAuthorization,
  secretNames: readonly string[],
): Map<string, string> {
  const shown = new Map<string, string>()
  for (const name of secretNames) if (Object.hasOwn(placed.headers, name)) shown.set(name, mask)
  for (const part of applied.headers)
    if (part.shown !== part.value) shown.set(part.name.toLowerCase(), part.shown)
  return shown
}

function secretHeaderValues(placed: PlacedArguments, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const value = placed.headers[name]
    return value === undefined ? [] : [value, ...value.split(' ').slice(1)]
  })
}

/** What else is in a body that was spread, or in one that is a text, is left as it is. */
function secretBodyValues({ body }: PlacedArguments, names: readonly string[]): string[] {
  if (!isRecord(body)) return []
  return names.flatMap((name) => {
    const value = Object.hasOwn(body, name) ? body[name] : undefined
    return typeof value === 'string' ? [value] : []
  })
}

/** Definitions of the plain format put credentials into arguments of each action: those are as secret as the rest. */
function findSecretArguments(
  args: readonly ArgumentPlan[],
  isSecret: (credential: string) => boolean,
): Record<ArgumentPlan['in'], string[]> {
  const secret = args.filter((arg) => readsSecret(arg.value.paths, isSecret))
  return {
    headers: secret.filter((arg) => arg.in === 'headers').map((arg) => arg.name.toLowerCase()),
    query: secret.filter((arg) => arg.in === 'query').map((arg) => arg.name),
    body: secret.filter((arg) => arg.in === 'body' && !arg.spread && !arg.inline).map((arg) => arg.name),
  }
}

/** The definition's own path stays; scheme, host and port are replaced. */
function replaceOrigin(url: string, origin: string): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, () => origin)
}
