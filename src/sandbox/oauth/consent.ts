import type { RestReply } from '../rest/rest-emulator.ts'
import type { TokenDesk } from './token-desk.ts'

/**
 * The consent page, which always says yes at once: what matters is the way there and back. `?deny=1` of a test, or a client
 * that is not known, are refused as a provider does.
 */
export function consent(
  desk: TokenDesk,
  query: URLSearchParams,
  { offline, scope }: { readonly offline: boolean; readonly scope: string },
): RestReply {
  const redirectUri = query.get('redirect_uri') ?? ''
  const url = URL.parse(redirectUri)
  if (query.get('client_id') !== desk.settings.clientId || url === null)
    return { status: 400, text: 'Unknown client_id, or no redirect_uri' }
  const state = query.get('state')
  if (state !== null) url.searchParams.set('state', state)
  if (query.get('response_type') !== 'code') url.searchParams.set('error', 'unsupported_response_type')
  else {
    const challenge = query.get('code_challenge')
    if (challenge !== null && query.get('code_challenge_method') !== 'S256')
      url.searchParams.set('error', 'invalid_request')
    else url.searchParams.set('code', desk.createCode({ redirectUri, challenge, scope, offline }))
  }
  return { status: 302, headers: { location: url.href } }
}

/** The form of a token request, with the client's proof from the header where it stands there. */
export function tokenForm(body: Buffer, authorization: string | undefined): URLSearchParams {
  const form = new URLSearchParams(body.toString('utf8'))
  const [, basic = ''] = /^Basic (.+)$/i.exec(authorization ?? '') ?? []
  const [id = '', secret = ''] = Buffer.from(basic, 'base64')
    .toString('utf8')
    .split(':')
    .map(decodeURIComponent)
  if (basic !== '' && !form.has('client_secret')) {
    form.set('client_id', id)
    form.set('client_secret', secret)
  }
  return form
}
