import { parseDefinition } from '../../src/definition/index.ts'
import { type ConnectorPlan, compileModel } from '../../src/plan/index.ts'

/** The plan of a connector given as the text of its file, or as several files of which the first is the root. */
export function planOf(files: string | Readonly<Record<string, string>>): ConnectorPlan {
  const texts = typeof files === 'string' ? { 'acme.connector.s1.yaml': files } : files
  const [root = ''] = Object.keys(texts)
  const { model, diagnostics } = parseDefinition({ root, read: (name) => texts[name] })
  const compilation = model === null ? undefined : compileModel(model)
  const errors = [...diagnostics, ...(compilation?.diagnostics ?? [])].filter(
    ({ severity }) => severity === 'error',
  )
  if (compilation === undefined || errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 2))
  return compilation.plan
}

/** A connector with one action `act`, whose parts can be replaced; each is YAML of one line or an indented block. */
export function oneAction({
  root = '',
  authorization = '{ type: none }',
  inputs = '[]',
  actionType = 'custom',
  action = '',
  steps = '[]',
  result = '{ data: "$.steps.get.output.data" }',
}: Readonly<Record<string, string>>): string {
  return `StackOne: 1.0.0
info: { title: Acme, key: acme, version: 1.0.0, description: A provider }
baseUrl: https://api.acme.test/v1
${root}
authentication:
  - key:
      type: custom
      label: Key
      environments: [{ key: production, name: Production }]
      configFields: [{ key: secret, label: Secret, type: password, required: false }]
      authorization: ${authorization}
actions:
  - actionId: act
    label: Act
    description: Acts.
    categories: [crm]
    actionType: ${actionType}
    inputs: ${inputs}
${action.replace(/^/gm, '    ')}
    steps:
${steps.replace(/^/gm, '      ')}
    result: ${result}
`
}

/** A step of kind `request` by name `get`, its parameters given as YAML of one line. */
export function requestStep(parameters: string, more = ''): string {
  return `- stepId: get\n  description: Calls.\n${more}  stepFunction: { functionName: request, parameters: ${parameters} }`
}
