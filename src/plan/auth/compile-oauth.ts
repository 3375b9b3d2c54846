import { isRecord, textsWithin } from '../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import { compileUrl } from '../request/compile-url.ts'
import type { Evaluate, RunContext } from '../run-context.ts'
import type { McpAuthorizationPlan, OAuthPlan } from './oauth-plan.ts'
import { readsSecret } from './reads-secret.ts'
import { compileTokenReading } from './token-reading.ts'

type Definition = Readonly<Record<string, unknown>>

/** Credentials of the flow itself: a callback parameter that could set one would let a link take over an account. */
const reservedTargets: ReadonlySet<string> = new Set([
  'accessToken',
  'refreshToken',
  'idToken',
  'clientId',
  'clientSecret',
  'authentication_config_key',
  'environment',
])

/** Compiles the flow keys of an `authorization` of type `oauth2`; undefined where there are none. */
export function compileOAuth(
  entry: Definition,
  compiler: Compiler,
  at: DefinitionPath,
  isSecret: (credential: string) => boolean,
): OAuthPlan | undefined {
  const flow = isRecord(entry['authorization']) ? entry['authorization'] : {}
  if (flow['authorizationUrl'] === undefined && flow['tokenUrl'] === undefined) return undefined
  const flowAt = [...at, 'authorization']
  const extension = isRecord(entry['x-mainspring']) ? entry['x-mainspring'] : {}
  const own = isRecord(extension['oauth']) ? extension['oauth'] : {}
  const urlOf = (key: string) => {
    const text = String(flow[key] ?? '')
    const plan = text === '' ? undefined : compileUrl(text, [...flowAt, key], '', [...flowAt, key], compiler)
    return { build: (context: RunContext) => plan?.build(context) ?? '', port: plan?.declaredPort }
  }
  const [authorizationUrl, tokenUrl] = [urlOf('authorizationUrl'), urlOf('tokenUrl')]
  const texts = (key: string) => {
    const { evaluate } = compiler.value(flow[key] ?? {}, [...flowAt, key])
    return (context: RunContext) => textsOf(evaluate(context))
  }
  const evaluate = (key: string): Evaluate => {
    const value = flow[key]
    return typeof value === 'string' ? safely(compiler.expression(value, [...flowAt, key])) : () => value
  }
  const [issuer, redirectUri, pkce] = [evaluate('issuer'), evaluate('redirectUri'), evaluate('pkce')]
  const [expiresIn, refreshExpiresIn] = [evaluate('tokenExpiresIn'), evaluate('tokenRefreshExpiresIn')]
  const customHeaders = texts('customHeaders')
  const declaredHeaders = isRecord(flow['customHeaders']) ? flow['customHeaders'] : {}
  const reading = compileTokenReading(flow, flowAt, compiler)
  return {
    grantType: entry['grantType'] === 'client_credentials' ? 'client_credentials' : 'authorization_code',
    hasAuthorizationUrl: flow['authorizationUrl'] !== undefined,
    hasTokenUrl: flow['tokenUrl'] !== undefined,
    authorizationUrl: authorizationUrl.build,
    tokenUrl: tokenUrl.build,
    ...(tokenUrl.port === undefined ? {} : { tokenPort: tokenUrl.port }),
    authorizationParams: texts('authorizationParams'),
    tokenParams: texts('tokenParams'),
    customHeaders: (context) =>
      Object.fromEntries(
        Object.entries(customHeaders(context)).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    secretValues: compileSecretValues(flow, flowAt, compiler, isSecret),
    scopes: compileScopes(flow, flowAt, compiler),
    pkce: (context) => pkce(context) === true,
    issuer: (context) => textOf(issuer(context)),
    redirectUri: (context) => textOf(redirectUri(context)),
    tokenExpiresIn: (context) => secondsOf(expiresIn(context)),
    tokenRefreshExpiresIn: (context) => secondsOf(refreshExpiresIn(context)),
    readAnswer: reading.readAnswer,
    callbackParams: compileCallbackParams(flow['callbackParams'], [...flowAt, 'callbackParams'], compiler),
    acceptTokenTypes: reading.acceptTokenTypes,
    clientAuthentication: clientAuthenticationOf(own, declaredHeaders),
    tokenRequest: own['tokenRequest'] === 'json' || announcesJson(declaredHeaders) ? 'json' : 'form',
    ...compileRevocation(own['revocation'], [...at, 'x-mainspring', 'oauth', 'revocation'], compiler),
  }
}

function compileRevocation(
  declared: unknown,
  at: DefinitionPath,
  compiler: Compiler,
): Pick<OAuthPlan, 'revocation'> {
  if (!isRecord(declared) || typeof declared['url'] !== 'string') return {}
  const urlAt = [...at, 'url']
  const { build, declaredPort } = compileUrl(declared['url'], urlAt, '', urlAt, compiler)
  return {
    revocation: {
      url: build,
      ...(declaredPort === undefined ? {} : { port: declaredPort }),
      by: declared['by'] === 'bearer' || declared['by'] === 'named' ? declared['by'] : 'token',
    },
  }
}

/** Compiles `authorizationFlow` of an `mcp` method. */
export function compileMcpAuthorization(
  entry: Definition,
  compiler: Compiler,
  at: DefinitionPath,
): McpAuthorizationPlan | undefined {
  const flow = entry['authorizationFlow']
  if (!isRecord(flow) || typeof flow['serverUrl'] !== 'string') return undefined
  const urlAt = [...at, 'authorizationFlow', 'serverUrl']
  const url = compileUrl(flow['serverUrl'], urlAt, '', urlAt, compiler)
  return {
    serverUrl: (context) => url.build(context),
    ...(url.declaredPort === undefined ? {} : { serverPort: url.declaredPort }),
    clientRegistration: flow['clientRegistration'] === 'cimd' ? 'cimd' : 'dcr',
    scopes: listScopes(flow['scopes']),
  }
}

/** What the fields and headers of the token calls make of secrets. */
function compileSecretValues(
  flow: Definition,
  at: DefinitionPath,
  compiler: Compiler,
  isSecret: (credential: string) => boolean,
): OAuthPlan['secretValues'] {
  const made = ['tokenParams', 'customHeaders'].flatMap((key) => {
    const entries = isRecord(flow[key]) ? Object.entries(flow[key]) : []
    return entries
      .map(([name, value]) => compiler.value(value, [...at, key, name]))
      .filter(({ paths }) => readsSecret(paths, isSecret))
  })
  return (context) => made.flatMap(({ evaluate }) => textsWithin(evaluate(context)))
}

/** A positive number of seconds, however it is written; undefined for anything else. */
export function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : undefined
}

function compileScopes(flow: Definition, at: DefinitionPath, compiler: Compiler): OAuthPlan['scopes'] {
  const delimiter = typeof flow['scopeDelimiter'] === 'string' ? flow['scopeDelimiter'] : ' '
  const declared = flow['scopes']
  if (declared === undefined) return () => undefined
  const { evaluate } = compiler.value(declared, [...at, 'scopes'])
  return (context) => {
    const value = evaluate(context)
    // A text is written with spaces whatever the provider wants; a delimiter of its own is taken as it stands.
    const scopes = Array.isArray(value) ? value.map(String) : listScopes(value)
    return scopes.length === 0 ? undefined : scopes.join(delimiter)
  }
}

function compileCallbackParams(
  declared: unknown,
  at: DefinitionPath,
  compiler: Compiler,
): Record<string, string> {
  if (!isRecord(declared)) return {}
  const pairs: [string, string][] = []
  for (const [parameter, target] of Object.entries(declared)) {
    if (typeof target !== 'string') continue
    if (reservedTargets.has(target))
      compiler.report(
        'definition/wrong-value',
        `A callback parameter cannot set the credential "${target}": a forged link could then replace it.`,
        [...at, parameter],
      )
    else pairs.push([parameter, target])
  }
  return Object.fromEntries(pairs)
}

function clientAuthenticationOf(own: Definition, headers: Definition): OAuthPlan['clientAuthentication'] {
  const declared = own['clientAuthentication']
  if (declared === 'basic' || declared === 'body' || declared === 'none') return declared
  // A client proves itself once (RFC 6749 §2.3): the definition does so by a header of its own.
  return Object.keys(headers).some((name) => name.toLowerCase() === 'authorization') ? 'none' : undefined
}

function announcesJson(headers: Definition): boolean {
  return Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && /^application\/json\b/i.test(String(value)),
  )
}

function textsOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      inner === undefined || inner === null
        ? []
        : [[name, typeof inner === 'object' ? JSON.stringify(inner) : String(inner)]],
    ),
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Scopes as a list, or as a text with spaces. */
export function listScopes(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' ? value.split(/\s+/).filter((scope) => scope !== '') : []
}
