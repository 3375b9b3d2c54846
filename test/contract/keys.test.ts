import { expect } from '@jest/globals'
import { compareConnectors, lowerConnector } from '../../src/compat/index.ts'
import { type ConnectorModel, parseDefinition } from '../../src/definition/index.ts'
import { actionTool } from '../../src/mcp/tools/action-tool.ts'
import { compileModel } from '../../src/plan/index.ts'
import { oneAction, planOf, requestStep } from './plan-of.ts'
import { proves } from './proves.ts'

const root = `resources: https://docs.acme.test
rateLimit: { mainRatelimit: 10 }
concurrency: { mainMaxConcurrency: 3 }
releaseStage: beta
scopeDefinitions: { people: { description: Reads people, includes: people.read } }
documentation: { references: [{ title: Docs, url: https://docs.acme.test, description: All of it }] }
details: More
categories: [crm]
forkedFrom: other
owner: somebody
mcp: { instructions: Be kind }
syncedActions: [act]`

const action = `details: More of it
resources: https://docs.acme.test/act
tags: [people]
examples: [{ exampleDescription: An example }]
releaseStage: beta
schemaType: native
schema: people
entrypointUrl: /people
entrypointHttpMethod: get
requiredScopes: people.read
authRequirements: { key: [people.read] }
executionMode: sync
effects: [read]
annotations: { title: Act, readOnlyHint: true }
providerEvents: [person.created]
prerequisiteActions: [act]
requiresManualSetup: false`

const text = oneAction({
  root,
  action,
  actionType: 'list',
  steps: requestStep('{ url: /x, method: get }'),
}).replace(
  'description: A provider',
  "description: A provider, details: More, assets: { icon: 'https://acme.test/i.png' }, changelog: { summary: New, labels: [auth] }",
)

const findings = (one: string) =>
  parseDefinition({ root: 'a', read: () => one }).diagnostics.map(({ message }) => message)

const base = {
  StackOne: '1.0.0',
  info: { title: 'Acme', key: 'acme', version: '1.0.0', description: 'A provider' },
  baseUrl: 'https://api.acme.test/v1',
  authentication: [
    {
      key: {
        type: 'custom',
        label: 'Key',
        environments: [{ key: 'production', name: 'Production' }],
        authorization: { type: 'none' },
      },
    },
  ],
}
const baseAction = {
  actionId: 'act',
  label: 'Act',
  description: 'Acts.',
  categories: ['crm'],
  actionType: 'delete',
  inputs: [],
  steps: [
    {
      stepId: 'get',
      description: 'Calls.',
      stepFunction: { functionName: 'request', parameters: { url: '/x', method: 'delete' } },
    },
  ],
  result: { data: '$.steps.get.output.data' },
}

/** The definition with `value` at `path`: a key of the connector, of its `info` or of its one `action`. */
function definitionWith(path: string, value: unknown) {
  const [key = '', place] = path.split('.').toReversed()
  const more = { [key]: value }
  return {
    ...base,
    ...(place === undefined ? more : {}),
    info: { ...base.info, ...(place === 'info' ? more : {}) },
    actions: [{ ...baseAction, ...(place === 'action' ? more : {}) }],
  }
}

function modelWith(path: string, value: unknown): ConnectorModel {
  const read = () => JSON.stringify(definitionWith(path, value), undefined, 1)
  const { model, diagnostics } = parseDefinition({ root: 'acme.connector.s1.yaml', read })
  expect(diagnostics).toEqual([])
  if (model === null) throw new Error('It does not load.')
  return model
}

/** A key that only informs is no part of a run: it reaches those who export the definition or compare two of them. */
function informs(path: string, value: unknown, other: unknown): void {
  const model = modelWith(path, value)
  const [key = '', place] = path.split('.').toReversed()
  const { definition } = lowerConnector(model)
  const [action] = definition['actions'] as Record<string, unknown>[]
  const holder = { info: definition['info'], action }[place ?? ''] ?? definition
  expect((holder as Record<string, unknown>)[key]).toEqual(value)
  // Nothing else differs, so whatever is told is about the key.
  expect(compareConnectors(model, modelWith(path, other)).changes).toHaveLength(1)
}

proves('2/info.details', 'loads, is kept by the export, and a change of it is told', () =>
  informs('info.details', 'More', 'Else'),
)

proves('2/info.changelog', 'loads, is kept by the export, and a change of it is told', () =>
  informs('info.changelog', { summary: 'New', labels: ['auth'] }, { summary: 'Newer', labels: ['auth'] }),
)

proves('2/rateLimit', 'loads, is kept by the export, and a change of it is told', () =>
  informs('rateLimit', { mainRatelimit: 10 }, { mainRatelimit: 5 }),
)

proves('2/concurrency', 'loads, is kept by the export, and a change of it is told', () =>
  informs('concurrency', { mainMaxConcurrency: 3 }, { mainMaxConcurrency: 2 }),
)

proves('2/releaseStage', 'loads, is kept by the export, and a change of it is told', () =>
  informs('releaseStage', 'beta', 'ga'),
)

proves('2/scopeDefinitions', 'loads, is kept by the export, and a change of it is told', () =>
  informs(
    'scopeDefinitions',
    { people: { description: 'Reads people', includes: 'people.read' } },
    { people: { description: 'Reads all', includes: 'people.read' } },
  ),
)

proves('2/documentation', 'loads, is kept by the export, and a change of it is told', () =>
  informs(
    'documentation',
    { references: [{ title: 'Docs', url: 'https://docs.acme.test', description: 'All' }] },
    { references: [{ title: 'Docs', url: 'https://docs.acme.test', description: 'Most' }] },
  ),
)

proves('2/details', 'loads, is kept by the export, and a change of it is told', () =>
  informs('details', 'More', 'Else'),
)

proves('2/categories', 'loads, is kept by the export, and a change of it is told', () =>
  informs('categories', ['crm'], ['ats']),
)

proves('2/forkedFrom', 'loads, is kept by the export, and a change of it is told', () =>
  informs('forkedFrom', 'other', 'another'),
)

proves('2/owner', 'loads, is kept by the export, and a change of it is told', () =>
  informs('owner', 'somebody', 'nobody'),
)

proves('2/mcp', 'loads, is kept by the export, and a change of it is told', () =>
  informs('mcp', { instructions: 'Be kind' }, { instructions: 'Be quick' }),
)

proves('2/syncedActions', 'loads, is kept by the export, and a change of it is told', () =>
  informs('syncedActions', ['act'], []),
)

proves('4/resources', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.resources', 'https://docs.acme.test/act', 'https://docs.acme.test/2'),
)

proves('4/tags', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.tags', ['people'], ['persons']),
)

proves('4/examples', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.examples', [{ exampleDescription: 'An example' }], [{ exampleDescription: 'Another' }]),
)

proves('4/schemaType', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.schemaType', 'native', 'unified'),
)

proves('4/schema', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.schema', 'people', 'persons'),
)

proves('4/entrypointUrl', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.entrypointUrl', '/people', '/persons'),
)

proves('4/entrypointHttpMethod', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.entrypointHttpMethod', 'get', 'post'),
)

proves('4/requiredScopes', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.requiredScopes', 'people.read', 'people.read people.all'),
)

proves('4/authRequirements', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.authRequirements', { key: ['people.read'] }, { key: ['people.all'] }),
)

proves('4/executionMode', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.executionMode', 'sync', 'async'),
)

proves('4/effects', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.effects', ['read'], ['read', 'search']),
)

proves('4/annotations', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.annotations', { title: 'Act', readOnlyHint: true }, { title: 'Acts', readOnlyHint: true }),
)

proves('4/providerEvents', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.providerEvents', ['person.created'], ['person.updated']),
)

proves('4/prerequisiteActions', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.prerequisiteActions', ['act'], []),
)

proves('4/requiresManualSetup', 'loads, is kept by the export, and a change of it is told', () =>
  informs('action.requiresManualSetup', false, true),
)

proves(
  '4/annotations',
  'the hints of a tool come from what its requests do: no definition can call a write harmless',
  () => {
    const { plan } = compileModel(
      modelWith('action.annotations', { readOnlyHint: true, destructiveHint: false }),
    )
    const [action] = plan.actions
    expect(action && actionTool({ allowWrites: false }, action, 'flat_smart').annotations).toMatchObject({
      readOnlyHint: false,
      destructiveHint: true,
    })
  },
)

proves(
  ['2/info.title', '2/info.key', '2/info.version', '2/info.description', '2/info.assets.icon', '2/resources'],
  'what a connector says of itself is in its plan',
  () =>
    expect(planOf(text)).toMatchObject({
      title: 'Acme',
      key: 'acme',
      version: '1.0.0',
      description: 'A provider',
      icon: 'https://acme.test/i.png',
      resources: 'https://docs.acme.test',
    }),
)

proves(
  ['4/actionId', '4/label', '4/description', '4/categories', '4/actionType', '4/details', '4/releaseStage'],
  'what an action says of itself is in its plan, under the key of the connector',
  () =>
    expect(planOf(text).actions[0]).toMatchObject({
      id: 'act',
      qualifiedId: 'acme_act',
      label: 'Act',
      description: 'Acts.',
      details: 'More of it',
      categories: ['crm'],
      actionType: 'list',
      stage: 'beta',
    }),
)

proves('2/StackOne', 'another version of the format is refused', () => {
  expect(findings(text.replace('StackOne: 1.0.0', "StackOne: '2.0.0'"))).toEqual([
    '`StackOne` cannot be "2.0.0".',
  ])
})
