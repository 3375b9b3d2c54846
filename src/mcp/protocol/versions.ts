import { isRecord } from '../../http/index.ts'

/** The revisions with a handshake, newest first. */
export const handshakeVersions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const

/** The revision in which every request says its version itself, and there is no handshake. */
export const envelopeVersion = '2026-07-28'

export type Era = 'handshake' | 'envelope'

const prefix = 'io.modelcontextprotocol/'
export const metaKeys = {
  protocolVersion: `${prefix}protocolVersion`,
  clientCapabilities: `${prefix}clientCapabilities`,
  serverInfo: `${prefix}serverInfo`,
} as const

/** The version that a request carries in itself; undefined for a client of the handshake. */
export function claimedVersion(params: Readonly<Record<string, unknown>>): string | undefined {
  const meta = params['_meta']
  const claimed = isRecord(meta) ? meta[metaKeys.protocolVersion] : undefined
  return typeof claimed === 'string' ? claimed : undefined
}
