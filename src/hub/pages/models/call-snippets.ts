import { writeExactJson } from '../../../http/index.ts'
import type { ActionPlan } from '../../../plan/index.ts'
import { type CallExample, commandExample } from '../../../ui/index.ts'

export interface SnippetCall {
  readonly action: ActionPlan
  readonly accountId: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly baseUrl: string
}

/** The same call for programs. The key is named, never written: it is stored nowhere. */
export function callSnippets({ action, accountId, inputs, baseUrl }: SnippetCall): readonly CallExample[] {
  const body = { action: action.qualifiedId, ...inParts(action, inputs) }
  const json = writeExactJson(body, 2)
  return [
    {
      name: 'curl',
      text: [
        `curl ${baseUrl}/actions/rpc \\`,
        '  -u "$MAINSPRING_API_KEY:" \\',
        "  -H 'content-type: application/json' \\",
        `  -H 'x-account-id: ${accountId}' \\`,
        `  -d ${shellQuote(writeExactJson(body))}`,
      ].join('\n'),
    },
    commandExample(action, inputs),
    {
      name: 'TypeScript',
      text: `const response = await fetch('${baseUrl}/actions/rpc', {
  method: 'POST',
  headers: {
    authorization: \`Basic \${btoa(\`\${process.env.MAINSPRING_API_KEY}:\`)}\`,
    'content-type': 'application/json',
    'x-account-id': '${accountId}',
  },
  body: JSON.stringify(${json.replaceAll('\n', '\n  ')}),
})
const { data, next } = await response.json()`,
    },
  ]
}

function inParts(action: ActionPlan, inputs: Readonly<Record<string, unknown>>) {
  const parts: Record<string, Record<string, unknown>> = {}
  for (const input of action.inputs) {
    if (inputs[input.name] === undefined) continue
    const part = input.in === 'path' || input.in === 'query' || input.in === 'headers' ? input.in : 'body'
    parts[part] = { ...parts[part], [input.name]: inputs[input.name] }
  }
  return parts
}

function shellQuote(text: string): string {
  return /^[\w=.,:/@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
