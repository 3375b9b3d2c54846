import { isRecord } from '../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import type { OAuthPlan } from './oauth-plan.ts'

type Read = (scope: unknown) => unknown

/**
 * Compiles `tokenResponse` and `additionalTokenFields`. Their expressions see the answer at the root, over the state of
 * the flow, and as `response`. A bare dotted text (`authed_user.access_token`) is a path: a fixed token is never meant.
 */
export function compileTokenReading(
  flow: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  compiler: Compiler,
): Pick<OAuthPlan, 'readAnswer' | 'acceptTokenTypes'> {
  const response = isRecord(flow['tokenResponse']) ? flow['tokenResponse'] : {}
  const declared = isRecord(flow['additionalTokenFields']) ? flow['additionalTokenFields'] : {}
  const accessToken = compileRead(response['accessToken'], [...at, 'tokenResponse', 'accessToken'], compiler)
  const refreshToken = compileRead(
    response['refreshToken'],
    [...at, 'tokenResponse', 'refreshToken'],
    compiler,
  )
  const additional = Object.entries(declared).map(([name, value]) => ({
    name,
    read: compileRead(value, [...at, 'additionalTokenFields', name], compiler) ?? (() => undefined),
  }))
  const types = Array.isArray(response['acceptTokenTypes']) ? response['acceptTokenTypes'] : []
  return {
    acceptTokenTypes: types.map((type) => String(type).toLowerCase()),
    readAnswer(answer, context) {
      const scope = { ...context, ...answer, response: answer }
      return {
        accessToken: accessToken?.(scope),
        refreshToken: refreshToken?.(scope),
        additional: Object.fromEntries(
          additional.flatMap(({ name, read }) => {
            const value = read(scope)
            return value === undefined || value === null ? [] : [[name, value]]
          }),
        ),
      }
    },
  }
}

function compileRead(value: unknown, at: DefinitionPath, compiler: Compiler): Read | undefined {
  if (typeof value !== 'string') return undefined
  const text = /^[A-Za-z_][\w-]*(?:\.[\w-]+|\[\d+\])*$/.test(value) ? `$.${value}` : value
  return safely(compiler.expression(text, at))
}
