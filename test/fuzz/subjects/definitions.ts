import fc from 'fast-check'
import { parseDefinition } from '../../../src/definition/index.ts'
import { compileModel } from '../../../src/plan/index.ts'
import { damageText } from '../../lint/mutations/damage-text.ts'
import { seededRandom } from '../../seeded-random.ts'
import type { FuzzSubject } from '../fuzz-subject.ts'

/** Damaged connectors, loaded and compiled: there is a plan, or there are findings. */
export const definitions: FuzzSubject = {
  name: 'definitions',
  share: 0.15,
  async open() {
    return {
      property: fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const text = damageText(soundDefinition, seededRandom(seed))
        const source = { root: 'acme.connector.s1.yaml', read: () => text, names: ['acme.connector.s1.yaml'] }
        const { model, diagnostics } = parseDefinition(source)
        if (model === null && !diagnostics.some(({ severity }) => severity === 'error'))
          throw new Error('Neither a model nor an error.')
        if (model !== null) compileModel(model)
      }),
    }
  },
}

/** A small connector with some of everything. */
export const soundDefinition = `StackOne: 1.0.0
info: { title: Acme, key: acme, version: 1.0.0, description: People of a firm. }
baseUrl: https://api.acme.example/v1/\${credentials.tenant}
authentication:
  - api_key:
      type: custom
      label: API Key
      environments: [{ key: production, name: Production }]
      configFields:
        - { key: apiKey, label: API Key, type: password, required: true, secret: true }
        - { key: tenant, label: Tenant, type: text, required: true, secret: false }
      authorization: { type: bearer, token: $.credentials.apiKey }
actions:
  - actionId: list_people
    label: List People
    description: Lists the people of the firm, page by page.
    categories: [hris]
    actionType: list
    inputs:
      - { name: page_size, type: number, in: query, description: People of a page. }
      - { name: cursor, type: string, in: query, description: The page after this one. }
      - name: status
        type: enum
        in: query
        description: Only those of this status.
        values: [active, gone]
    steps:
      - stepId: list
        description: List them
        condition: '{{present(inputs.status) || true}}'
        stepFunction:
          functionName: request
          parameters:
            url: /people
            method: get
            args:
              - { name: status, value: $.inputs.status, in: query, condition: '{{present(inputs.status)}}' }
        x-mainspring:
          paging: { style: offset, offsetParam: offset, limitParam: limit }
          response: { rows: [people, data.people] }
      - stepId: map
        description: Shape them
        stepFunction:
          functionName: map_fields
          parameters:
            fields:
              - { targetFieldKey: id, type: string, expression: $.id }
              - { targetFieldKey: name, type: string, expression: "{{first + ' ' + last}}" }
            dataSource: $.steps.list.output.data
    result: { data: $.steps.map.output.data }
  - actionId: create_person
    label: Create a Person
    description: Creates a person and gives its id.
    categories: [hris]
    actionType: create
    inputs:
      - name: person
        type: object
        in: body
        required: true
        description: The person.
        properties:
          - { name: name, type: string, required: true, description: Full name. }
    steps:
      - stepId: create
        description: Create
        stepFunction:
          functionName: request
          parameters:
            url: /people
            method: post
            args: [{ name: person, value: $.inputs.person, in: body }]
    result: { data: $.steps.create.output.data }
`
