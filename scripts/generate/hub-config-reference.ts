import { readFileSync } from 'node:fs'
import { secretVariables } from '../../src/hub/config/read-variables.ts'
import type { Generator } from './generator.ts'

interface Setting {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly default?: unknown
  readonly description?: string
  readonly 'x-variable'?: string
  readonly 'x-flag'?: string
}

interface Schema {
  readonly properties: Readonly<Record<string, Setting>>
  readonly definitions: {
    readonly integration: Pick<Schema, 'properties'> & { readonly required: readonly string[] }
  }
}

/** The page of every setting of the hub: file, variable and option. */
export const hubConfigReference: Generator = {
  path: 'docs/reference/hub-config.md',
  generate() {
    const schema: Schema = JSON.parse(
      readFileSync(new URL('../../schemas/hub-config.schema.json', import.meta.url), 'utf8'),
    )
    const { integration } = schema.definitions
    return `${[
      intro,
      table(
        ['Setting', 'Variable', 'Option', 'Default', 'Meaning'],
        Object.entries(schema.properties).map(([key, setting]) => [
          `\`${key}\``,
          code(setting['x-variable']),
          code(setting['x-flag']),
          setting.default === undefined ? '' : code(JSON.stringify(setting.default)),
          meaning(setting),
        ]),
      ),
      '## Secrets',
      'They come from the environment alone, so that the file can be kept with the code.',
      table(
        ['Variable', 'Meaning'],
        Object.values(secretVariables).map(({ variable, description }) => [code(variable), description]),
      ),
      '## Integrations',
      'Each entry of `integrations`. Keys in **bold** are required.',
      table(
        ['Key', 'Meaning'],
        Object.entries(integration.properties).map(([key, setting]) => [
          integration.required.includes(key) ? `**\`${key}\`**` : `\`${key}\``,
          meaning(setting),
        ]),
      ),
      example,
    ].join('\n\n')}\n`
  },
}

const intro = `# Configuration of the hub

<!-- Made from schemas/hub-config.schema.json by scripts/generate.ts. -->

\`mainspring start\` needs no configuration. A setting comes from an option, else from a variable of the environment, else
from the file that \`--config\` or \`MAINSPRING_CONFIG\` names, else it has its default. What cannot be is told with its file
and line, or its variable, before anything starts (\`hub/config-invalid\`).`

const example = `## An example

\`\`\`yaml
data: /var/lib/mainspring
host: 0.0.0.0
port: 4000
baseUrl: https://hub.example.com
trustProxy: true
log: info
integrations:
  - connector: clockwork
    environment: production
  - connector: clockwork
    environment: sandbox
    origin: sandbox
\`\`\``

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

function meaning({ description = '', enum: values }: Setting): string {
  return values === undefined ? description : `${description} One of ${values.map(code).join(', ')}.`
}

function code(text: string | undefined): string {
  return text === undefined ? '' : `\`${text}\``
}
