import type { CompiledExpression } from '../../expression/index.ts'
import { isRecord, mask } from '../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import { partName } from '../request/request-part.ts'
import type { Evaluate } from '../run-context.ts'
import type { AppliedAuthorization, AuthenticatedPart, AuthorizationPlan } from './authorization-plan.ts'
import { compileSigning } from './signing/compile-signing.ts'

/** Compiles one part of an authorization: evaluated to a header or query parameter, or to nothing. */
type CompilePart = (value: Evaluate) => (context: Parameters<Evaluate>[0]) => AuthenticatedPart | undefined

/**
 * Compiles an `authorization` object of the format: `none`, `basic`, `bearer`, `oauth2` (the token) and `apiKey`
 * (documented, though the original's code rejects it).
 */
export function compileAuthorization(
  authorization: unknown,
  compiler: Compiler,
  at: DefinitionPath,
): AuthorizationPlan {
  const parameters = isRecord(authorization) ? authorization : { type: 'none' }
  const type = typeof parameters['type'] === 'string' ? parameters['type'] : 'none'
  const computed = new Set<string>()
  const read = (key: string, fallback: unknown): Evaluate => {
    const value = parameters[key] ?? fallback
    if (typeof value !== 'string') return () => value
    // The original turns an empty text into null and then refuses it; an empty password is a legal one.
    if (value === '') return () => ''
    const expression = compiler.expression(value, [...at, key])
    if (expression?.constant === false) computed.add(key)
    return safely(expression)
  }
  const sourceOf = (part: string) => [{ part, location: compiler.locate(at) }]
  const sources = sourceOf('header authorization')
  switch (type) {
    case 'basic': {
      const [username, password, encoding] = [
        read('username', ''),
        read('password', ''),
        read('encoding', 'base64'),
      ]
      // A fixed one is a word of the definition, such as `x` or `api_token`, that stands in innocent data too.
      const isSecret = computed.has('password')
      return headerPlan(type, 'authorization', sources, (context) => {
        const word = asText(password(context))
        const pair = `${asText(username(context))}:${word}`
        const name = asText(encoding(context))
        const encoded = Buffer.from(pair, 'utf8').toString(Buffer.isEncoding(name) ? name : 'base64')
        return {
          value: `Basic ${encoded}`,
          shown: `Basic ${mask}`,
          secret: [encoded, pair, ...(isSecret ? [word] : [])],
        }
      })
    }
    case 'bearer':
    case 'oauth2': {
      const [token, includeBearer] = [read('token', undefined), read('includeBearer', true)]
      return headerPlan(type, 'authorization', sources, (context) => {
        const value = token(context)
        if (value === undefined || value === null) return undefined
        const bare = asText(value)
        const prefix = includeBearer(context) === false ? '' : 'Bearer '
        return { value: `${prefix}${bare}`, shown: `${prefix}${mask}`, secret: [bare] }
      })
    }
    case 'apiKey': {
      const [key, value] = [read('key', undefined), read('value', undefined)]
      const inQuery = parameters['in'] === 'query'
      const part: CompilePart = (evaluate) => (context) => {
        const name = key(context)
        const secret = evaluate(context)
        return typeof name !== 'string' || secret === undefined || secret === null
          ? undefined
          : { name, value: asText(secret), shown: mask }
      }
      return combineParts(
        type,
        inQuery ? [] : [part(value)],
        inQuery ? [part(value)] : [],
        sourceOf(partName(inQuery ? 'query' : 'headers', String(parameters['key']))),
      )
    }
    default: {
      const sign = compileSigning(parameters['signing'], compiler, [...at, 'signing'])
      const plan = combineParts('none', [], [], [])
      if (sign === undefined) return plan
      const signed = compiler.locate([...at, 'signing'])
      return { ...plan, sign, signingSources: [{ part: 'signature', location: signed }] }
    }
  }
}

/** Adds what `x-mainspring` of the authentication declares once for every request. */
export function compileDeclaredParts(
  extension: unknown,
  base: AuthorizationPlan,
  compiler: Compiler,
  at: DefinitionPath,
): AuthorizationPlan {
  if (!isRecord(extension)) return base
  const compileList = (list: unknown, where: 'headers' | 'query') =>
    (Array.isArray(list) ? list : []).map((entry: unknown, index) => {
      const { name, value } = isRecord(entry) ? entry : {}
      const expression =
        typeof value === 'string' ? compiler.expression(value, [...at, where, index, 'value']) : undefined
      return declaredPart(where === 'headers' ? String(name).toLowerCase() : String(name), expression)
    })
  const headers = compileList(extension['headers'], 'headers')
  const query = compileList(extension['query'], 'query')
  const own = combineParts(base.type, headers, query, [])
  const sources = [...base.sources, ...sourcesOf(extension, compiler, at)]
  return {
    type: base.type,
    allowsOwnHeader: base.allowsOwnHeader,
    sources,
    ...(base.sign === undefined ? {} : { sign: base.sign }),
    ...(base.signingSources === undefined ? {} : { signingSources: base.signingSources }),
    apply(context) {
      const [first, second] = [base.apply(context), own.apply(context)]
      return {
        headers: [...first.headers, ...second.headers],
        query: [...first.query, ...second.query],
        secretValues: [...first.secretValues, ...second.secretValues],
      }
    },
  }
}

function sourcesOf(
  extension: Readonly<Record<string, unknown>>,
  compiler: Compiler,
  at: DefinitionPath,
): AuthorizationPlan['sources'] {
  const list = (where: 'headers' | 'query') => {
    const entries: unknown[] = Array.isArray(extension[where]) ? extension[where] : []
    return entries.map((entry, index) => ({
      part: partName(where, isRecord(entry) ? String(entry['name']) : ''),
      location: compiler.locate([...at, where, index]),
    }))
  }
  return [...list('headers'), ...list('query')]
}

function declaredPart(name: string, expression: CompiledExpression | undefined) {
  const evaluate = safely(expression)
  const constant = expression?.constant === true
  const [first] = expression?.template ?? []
  const prefix = first?.kind === 'text' ? first.value : ''
  return (context: Parameters<Evaluate>[0]): AuthenticatedPart | undefined => {
    const value = evaluate(context)
    if (value === undefined || value === null) return undefined
    const text = asText(value)
    return { name, value: text, shown: constant ? text : `${prefix}${mask}` }
  }
}

function headerPlan(
  type: string,
  name: string,
  sources: AuthorizationPlan['sources'],
  evaluate: (
    context: Parameters<Evaluate>[0],
  ) => { value: string; shown: string; secret: readonly string[] } | undefined,
): AuthorizationPlan {
  const nothing: AppliedAuthorization = { headers: [], query: [], secretValues: [] }
  return {
    type,
    allowsOwnHeader: false,
    sources,
    apply(context) {
      const part = evaluate(context)
      return part === undefined
        ? nothing
        : { headers: [{ name, value: part.value, shown: part.shown }], query: [], secretValues: part.secret }
    },
  }
}

function combineParts(
  type: string,
  headers: readonly ((context: Parameters<Evaluate>[0]) => AuthenticatedPart | undefined)[],
  query: readonly ((context: Parameters<Evaluate>[0]) => AuthenticatedPart | undefined)[],
  sources: AuthorizationPlan['sources'],
): AuthorizationPlan {
  return {
    type,
    allowsOwnHeader: type === 'none',
    sources,
    apply(context) {
      const evaluateAll = (parts: typeof headers) =>
        parts.map((part) => part(context)).filter((part) => part !== undefined)
      const applied = { headers: evaluateAll(headers), query: evaluateAll(query) }
      return { ...applied, secretValues: [...applied.headers, ...applied.query].flatMap(secretsOf) }
    },
  }
}

/** The whole value, and what follows its scheme: `Token abc` also hides `abc`. */
function secretsOf(part: AuthenticatedPart): string[] {
  if (part.shown === part.value) return []
  const secret = part.shown.endsWith(mask) ? part.value.slice(part.shown.length - mask.length) : part.value
  return secret === part.value ? [part.value] : [part.value, secret]
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : String(value)
}
