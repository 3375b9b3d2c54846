import type { Integration } from '../../hub/index.ts'
import type { CommandContext } from '../command-context.ts'
import { tourConnector } from '../tour/tour-connector.ts'
import type { RunningHub } from './open-hub.ts'

/** Says how to reach the hub: for a program in one line, for a person with what to try. */
export async function announceHub({ console, rooms }: CommandContext, running: RunningHub): Promise<void> {
  const { defaultProject } = await rooms.hub()
  if (console.json) return console.printJson(announcement(running))
  const { url, apiKey, loginUrl, sandboxes, hub, config } = running
  const bold = (text: string) => console.style('bold', text)
  const dim = (text: string) => console.style('dim', text)
  const { integrations } = running.hub.services
  const offered = await Promise.all(
    sandboxes.map(({ connector }) => integrations.ofConnector(defaultProject, connector)),
  )
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
    ...sandboxLines(running, offered.flat(), dim),
    '',
    'Three things to try:',
    '',
    ...thingsToTry(running).map((text, index) => `  ${index + 1}. ${text}`),
    '',
    `Ctrl-C ends ${sandboxes.length === 0 ? 'it' : 'all of it'}.`,
    '',
  ]
  await console.print(lines.join('\n'))
}

/** The line of `--json`. `sandbox` is the first one, as it was when there was no other. */
function announcement({ url, apiKey, loginUrl, sandboxes, config }: RunningHub) {
  const [first] = sandboxes
  return {
    url,
    // What is printed ends up in logs: whoever has set a key knows it.
    apiKey: config.apiKey === undefined ? (apiKey ?? null) : null,
    loginUrl,
    ...(first === undefined
      ? {}
      : {
          sandbox: { origin: first.origin, credentials: first.credentials },
          sandboxes: sandboxes.map(({ connector, origin, setup, credentials }) => ({
            connector,
            origin,
            setup,
            credentials,
          })),
        }),
  }
}

/** What to enter, where something is to be entered: a consent page asks nobody here for anything. */
function sandboxLines(
  { sandboxes }: RunningHub,
  offered: readonly Integration[],
  dim: (text: string) => string,
): string[] {
  const forms = sandboxes.flatMap(({ origin, title, credentials }) => {
    const { method } = offered.find((integration) => integration.origin === origin) ?? {}
    const fields = (method?.configFields ?? []).filter(({ key }) => credentials[key] !== undefined)
    if (fields.length === 0) return []
    return [
      '',
      `  To link ${title}, enter:`,
      ...fields.map(({ key, label }) => `            ${label.padEnd(18)}${credentials[key]}`),
    ]
  })
  return [
    ...sandboxes.map(
      ({ origin, title }, index) =>
        `  ${index === 0 ? 'Sandbox ' : '        '}  ${origin} ${dim(`stands for ${title}: invented data, accounts of type test`)}`,
    ),
    ...forms,
  ]
}

function thingsToTry({ url, apiKey, config, sandboxes }: RunningHub): string[] {
  const key = config.apiKey === undefined ? (apiKey ?? 'YOUR_API_KEY') : '$MAINSPRING_API_KEY'
  return [
    `Sign in with the link above and link ${sandboxes.length === 0 ? 'an account' : `${tourConnector.title} with the values above`}.`,
    `Make an auth link for a customer: curl -u ${quoted(key)} ${url}/connect_sessions -H 'content-type: application/json' -d '{"origin_owner_id":"1","origin_owner_name":"Acme"}'`,
    `See the linked accounts: curl -u ${quoted(key)} ${url}/accounts`,
  ]
}

/** Basic authentication with the key as the user name, and no password. */
function quoted(key: string): string {
  return key.startsWith('$') ? `"${key}:"` : `'${key}:'`
}
