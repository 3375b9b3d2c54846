import { isRecord } from '../../http/index.ts'
import { errorAnswer, type RpcAnswer, type RpcRequest, rpcCodes } from './json-rpc.ts'
import { envelopeVersion, metaKeys } from './versions.ts'

/**
 * Checks what revision 2026-07-28 asks of a request: its version in itself, and headers that say the same as the body,
 * so that a gateway which routes by headers and a server which reads the body never disagree.
 *
 * @returns the refusal; undefined where the request may be served
 */
export function checkEnvelope(
  { id, method, params }: RpcRequest,
  claimed: string | undefined,
  header: (name: string) => string | undefined,
): RpcAnswer | undefined {
  const meta = isRecord(params['_meta']) ? params['_meta'] : {}
  const missing = [metaKeys.protocolVersion, metaKeys.clientCapabilities].filter(
    (key) => !(key === metaKeys.protocolVersion ? claimed !== undefined : isRecord(meta[key])),
  )
  if (missing.length > 0)
    return errorAnswer(id, rpcCodes.invalidParams, `params._meta lacks ${missing.join(', ')}.`, {
      envelope: { missing },
    })
  if (claimed !== envelopeVersion)
    return errorAnswer(
      id,
      rpcCodes.unsupportedVersion,
      `The protocol version ${claimed} is not known here.`,
      {
        supported: [envelopeVersion],
        requested: claimed,
      },
    )
  const expected: readonly (readonly [string, string | undefined])[] = [
    ['mcp-protocol-version', claimed],
    ['mcp-method', method],
    ['mcp-name', method === 'tools/call' && typeof params['name'] === 'string' ? params['name'] : undefined],
  ]
  for (const [name, body] of expected) {
    const sent = header(name)
    if (body === undefined || sent === body) continue
    const why = `The header ${name} is ${sent === undefined ? 'missing' : 'not what the body says'}.`
    return errorAnswer(id, rpcCodes.headerMismatch, why, { mismatch: { header: sent ?? '(missing)', body } })
  }
  return undefined
}
