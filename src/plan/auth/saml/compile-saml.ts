import { AuthError } from '../../../errors/index.ts'
import { isRecord } from '../../../http/index.ts'
import type { Compiler, DefinitionPath } from '../../compiler.ts'
import type { RunContext } from '../../run-context.ts'
import { signAssertion } from './sign-assertion.ts'

/** A value that is placed in the body; it lets its bearer in, so that it is as secret as a key. */
export interface SamlPlan {
  readonly objectKey: string
  /** @throws {AuthError} code `auth/signing-failed` */
  sign(context: RunContext, nowMs: number): string
}

const defaultLifetimeSeconds = 600
const defaultFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'

/** Compiles the `saml` parameter of `request`. */
export function compileSaml(saml: unknown, compiler: Compiler, at: DefinitionPath): SamlPlan | undefined {
  if (!isRecord(saml)) return undefined
  const { evaluate } = compiler.value(saml, at)
  return {
    objectKey: String(saml['objectKey'] ?? 'assertion'),
    sign(context, nowMs) {
      const values = evaluate(context)
      const given = isRecord(values) ? values : {}
      const optional = (key: string) => {
        const value = given[key]
        return typeof value === 'string' && value !== '' ? value : undefined
      }
      const required = (key: string) => {
        const value = optional(key)
        if (value !== undefined) return value
        throw new AuthError('auth/signing-failed', {
          message: `The SAML assertion cannot be made: its "${key}" has no value.`,
        })
      }
      const lifetime = Number(given['lifetime'] ?? defaultLifetimeSeconds)
      return signAssertion(
        {
          key: required('key'),
          cert: optional('cert'),
          clientId: optional('clientId'),
          issuer: required('issuer'),
          nameId: required('nameId'),
          nameIdentifierFormat: optional('nameIdentifierFormat') ?? defaultFormat,
          audience: required('audience'),
          tokenEndpoint: required('tokenEndpoint'),
          lifetimeSeconds: lifetime > 0 ? lifetime : defaultLifetimeSeconds,
        },
        nowMs,
      )
    },
  }
}
