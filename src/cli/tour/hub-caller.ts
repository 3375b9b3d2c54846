import type { CommandContext } from '../command-context.ts'
import type { RunningHub } from '../start/open-hub.ts'

export interface HubReply {
  readonly status: number
  readonly body: unknown
}

/** A caller of the hub's own API, over a real connection. */
export type HubCaller = (
  method: string,
  path: string,
  options?: { readonly body?: object; readonly sessionToken?: string },
) => Promise<HubReply>

export function createHubCaller({ io }: CommandContext, { url }: RunningHub, apiKey: string): HubCaller {
  const basic = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`
  return async (method, path, { body, sessionToken } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      signal: io.signal,
      headers: {
        ...(sessionToken === undefined ? { authorization: basic } : { 'x-hub-session-token': sessionToken }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
}
