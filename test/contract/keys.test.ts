import { expect } from '@jest/globals'
import { parseDefinition } from '../../src/definition/index.ts'
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

proves(
  [
    '2/info.details',
    '2/info.changelog',
    '2/rateLimit',
    '2/concurrency',
    '2/releaseStage',
    '2/scopeDefinitions',
    '2/documentation',
    '2/details',
    '2/categories',
    '2/forkedFrom',
    '2/owner',
    '2/mcp',
    '2/syncedActions',
    '4/resources',
    '4/tags',
    '4/examples',
    '4/schemaType',
    '4/schema',
    '4/entrypointUrl',
    '4/entrypointHttpMethod',
    '4/requiredScopes',
    '4/authRequirements',
    '4/executionMode',
    '4/effects',
    '4/annotations',
    '4/providerEvents',
    '4/prerequisiteActions',
    '4/requiresManualSetup',
  ],
  'a definition with every key that only informs loads without a finding',
  () => expect(findings(text)).toEqual([]),
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
