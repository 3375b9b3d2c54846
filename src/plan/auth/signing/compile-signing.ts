import { AuthError } from '../../../errors/index.ts'
import { isRecord, mask, type PreparedRequest } from '../../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../../compiler.ts'
import type { RunContext } from '../../run-context.ts'
import { type SignableRequest, signAws4 } from './sign-aws4.ts'
import { type HmacRules, signHmac } from './sign-hmac.ts'

/** Signs a request that is otherwise complete. @throws {AuthError} code `auth/signing-failed` */
export type SignRequest = (request: PreparedRequest, context: RunContext, nowMs: number) => PreparedRequest

type MakeHeaders = (request: SignableRequest, context: RunContext, date: Date) => Record<string, string>

/** Compiles `signing` of an authorization of type `none`. */
export function compileSigning(
  signing: unknown,
  compiler: Compiler,
  at: DefinitionPath,
): SignRequest | undefined {
  if (!isRecord(signing)) return undefined
  const read = (key: string, fallback: unknown) => {
    const value = signing[key] ?? fallback
    return typeof value === 'string' && value !== ''
      ? safely(compiler.expression(value, [...at, key]))
      : () => value
  }
  const make = signing['strategy'] === 'hmac' ? hmacHeaders(signing, read) : aws4Headers(read)
  return (request, context, nowMs) => {
    const { body } = request
    if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array))
      throw failure('A body that is streamed cannot be signed: its hash is not known before it is sent.')
    const added = make({ ...request, body }, context, new Date(nowMs))
    const shown = new Map(request.secrets.headers)
    const values = [...request.secrets.values]
    for (const [name, value] of Object.entries(added)) {
      if (
        name === 'authorization' ||
        name === 'x-amz-security-token' ||
        /signature/i.test(value) ||
        / [0-9a-f]{40,}$/.test(value)
      ) {
        shown.set(name, `${/^([\w-]+) /.exec(value)?.[0] ?? ''}${mask}`)
        values.push(...secretPiecesOf(value))
      }
    }
    return {
      ...request,
      headers: { ...request.headers, ...added },
      secrets: { ...request.secrets, headers: shown, values },
    }
  }
}

/** A signature lets nobody sign anything else, but within its minutes it can be replayed. */
function secretPiecesOf(value: string): string[] {
  const signature = /([0-9a-f]{40,})$/.exec(value)?.[1]
  const bare = value.replace(/^[\w-]+ /, '')
  return signature === undefined || signature === bare ? [bare] : [signature]
}

function aws4Headers(
  read: (key: string, fallback: unknown) => (context: RunContext) => unknown,
): MakeHeaders {
  const [service, region] = [read('service', ''), read('region', undefined)]
  return (request, context, date) => {
    const { credentials } = context
    return signAws4(
      request,
      {
        accessKeyId: required(credentials, 'accessKeyId'),
        secretAccessKey: required(credentials, 'secretAccessKey'),
        sessionToken: textOf(credentials['sessionToken']),
        region: textOf(region(context)) ?? textOf(credentials['region']) ?? 'us-east-1',
        service: String(service(context)),
      },
      date,
    )
  }
}

function hmacHeaders(
  signing: Readonly<Record<string, unknown>>,
  read: (key: string, fallback: unknown) => (context: RunContext) => unknown,
): MakeHeaders {
  const algorithm = (signing['algorithm'] ?? 'sha256') as HmacRules['algorithm']
  const [username, headerName, prefix] = [
    read('username', ''),
    read('headerName', 'X-Signature'),
    read('prefix', `hmac-${algorithm}`),
  ]
  return (request, context, date) =>
    signHmac(
      request,
      {
        algorithm,
        headerName: String(headerName(context)),
        prefix: String(prefix(context)),
        dateFormat: signing['dateFormat'] === 'rfc2822' ? 'rfc2822' : 'iso8601',
        includeHost: signing['includeHost'] === true,
        includeBodyHash: signing['includeBodyHash'] !== false,
        outputFormat: signing['outputFormat'] === 'basic' ? 'basic' : 'header',
        username: String(username(context) ?? ''),
      },
      required(context.credentials, 'secretKey'),
      date,
    )
}

function required(credentials: Readonly<Record<string, unknown>>, key: string): string {
  const value = textOf(credentials[key])
  if (value === undefined) throw failure(`The credential "${key}", which signs the request, is missing.`)
  return value
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function failure(message: string): AuthError {
  return new AuthError('auth/signing-failed', { message })
}
