import type { CommandContext } from '../command-context.ts'
import type { RunningHub } from './open-hub.ts'

/** Says how to reach the hub: for a program in one line, for a person with what to try. */
export async function announceHub({ console }: CommandContext, running: RunningHub): Promise<void> {
  if (console.json) return console.printJson(announcement(running))
  const { url, apiKey, loginUrl, sandbox, hub, config } = running
  const bold = (text: string) => console.style('bold', text)
  const dim = (text: string) => console.style('dim', text)
  const lines = [
    '',
    `${bold('Mainspring')} is up at ${bold(url)}`,
    '',
    `  Sign in   ${loginUrl}`,
    dim('            works once, within the hour; the next start prints another'),
    apiKey === undefined || config.apiKey !== undefined
      ? `  API key   ${dim(config.apiKey === undefined ? 'the one shown at the first start; make others under Settings' : 'the one in MAINSPRING_API_KEY')}`
      : `  API key   ${apiKey}`,
    ...(apiKey === undefined || config.apiKey !== undefined
      ? []
      : [dim('            shown this once, and stored as a hash')]),
    `  Data      ${hub.services.store.kind === 'postgres' ? 'PostgreSQL (DATABASE_URL)' : config.dataFolder}`,
    ...sandboxLines(running, dim),
    '',
    'Three things to try:',
    '',
    ...thingsToTry(running).map((text, index) => `  ${index + 1}. ${text}`),
    '',
    `Ctrl-C ends ${sandbox === undefined ? 'it' : 'both'}.`,
    '',
  ]
  await console.print(lines.join('\n'))
}

/** The line of `--json`. */
function announcement({ url, apiKey, loginUrl, sandbox }: RunningHub) {
  return {
    url,
    apiKey: apiKey ?? null,
    loginUrl,
    ...(sandbox === undefined
      ? {}
      : { sandbox: { origin: sandbox.origin, credentials: firstFirm(sandbox.firms) } }),
  }
}

function sandboxLines({ sandbox }: RunningHub, dim: (text: string) => string): string[] {
  if (sandbox === undefined) return []
  const { firmName, apiKey, apiSecret, firmServiceKey } = firstFirm(sandbox.firms)
  return [
    `  Sandbox   ${sandbox.origin} ${dim('stands for Clockwork: invented data, accounts of type test')}`,
    '',
    '  To link it, enter:',
    `            Firm Name         ${firmName}`,
    `            API Key           ${apiKey}`,
    `            API Secret        ${apiSecret}`,
    `            Firm Service Key  ${firmServiceKey}`,
  ]
}

function thingsToTry({ url, apiKey, config, sandbox }: RunningHub): string[] {
  const key = config.apiKey === undefined ? (apiKey ?? 'YOUR_API_KEY') : '$MAINSPRING_API_KEY'
  return [
    `Sign in with the link above and link ${sandbox === undefined ? 'an account' : 'Clockwork with the four values above'}.`,
    `Make an auth link for a customer: curl -u ${quoted(key)} ${url}/connect_sessions -H 'content-type: application/json' -d '{"origin_owner_id":"1","origin_owner_name":"Acme"}'`,
    `See the linked accounts: curl -u ${quoted(key)} ${url}/accounts`,
  ]
}

/** Basic authentication with the key as the user name, and no password. */
function quoted(key: string): string {
  return key.startsWith('$') ? `"${key}:"` : `'${key}:'`
}

function firstFirm<Firm>(firms: readonly Firm[]): Firm {
  const [first] = firms
  if (first === undefined) throw new Error('A sandbox without a firm')
  return first
}
