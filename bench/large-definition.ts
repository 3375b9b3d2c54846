/**
 * A large connector, the same for the same numbers: actions of the shapes that published definitions have (inputs
 * with nested properties, conditional args, a mapped result), in the style of their files.
 *
 * @param actions - 186 gives some 31,000 lines, the size of the largest published definition
 * @param key - of the connector, so that many can stand side by side
 */
export function largeDefinition(actions = 186, key = 'large'): string {
  const parts = Array.from({ length: actions }, (_, index) => action(index))
  return `${head(key)}${parts.join('')}`
}

const nouns = [
  'person',
  'company',
  'project',
  'note',
  'invoice',
  'candidate',
  'job',
  'absence',
  'document',
  'team',
]
const types = ['string', 'number', 'boolean', 'datetime_string', 'string']

function head(key: string): string {
  return `StackOne: 1.0.0
info:
  title: Large ${key}
  key: ${key}
  version: 1.0.0
  assets:
    icon: https://example.com/icon.png
  description: A definition of many actions

baseUrl: https://api.example.com/v1

authentication:
  - custom:
      type: custom
      label: API Key
      authorization:
        type: basic
        username: $.credentials.apiKey
        password: ''
      environments:
        - key: production
          name: Production
      configFields:
        - key: apiKey
          label: API Key
          type: password
          required: true

actions:
`
}

function action(index: number): string {
  const noun = nouns[index % nouns.length] ?? ''
  const isList = index % 3 === 0
  const inputs = Array.from({ length: 13 }, (_, at) => input(noun, at)).join('')
  const args = Array.from({ length: 9 }, (_, at) => arg(at)).join('')
  const fields = Array.from({ length: 6 }, (_, at) => field(noun, at)).join('')
  return `  # ${noun} ${index}
  - actionId: ${isList ? 'list' : 'update'}_${noun}_${index}
    categories:
      - hris
      - crm
    actionType: ${isList ? 'list' : 'update'}
    label: ${isList ? 'List' : 'Update'} ${noun} ${index}
    description: |
      ${isList ? 'Lists' : 'Updates'} the ${noun} records of an account, with the filters
      that the provider has, in pages of a hundred.
    entrypointUrl: /${noun}s/${index}
    entrypointHttpMethod: ${isList ? 'get' : 'post'}
    inputs:
${inputs}    steps:
      - stepId: call_${noun}
        description: Calls the ${noun} endpoint
        stepFunction:
          functionName: request
          parameters:
            url: "/${noun}s/\${inputs.${noun}_id_0}/items"
            method: ${isList ? 'get' : 'post'}
            response:
              dataKey: data.items
            args:
${args}      - stepId: map_${noun}
        description: Maps the ${noun} records
        stepFunction:
          functionName: map_fields
          version: '2'
          parameters:
            dataSource: $.steps.call_${noun}.output.data
            fields:
${fields}    result:
      data: $.steps.map_${noun}.output.data
`
}

function input(noun: string, at: number): string {
  if (at === 12)
    return `      - name: details
        type: object
        required: false
        description: More about the ${noun}
        in: body
        properties:
          - name: first
            type: string
            required: false
            description: The first of the details
          - name: second
            type: number
            required: false
            description: The second of the details
`
  return `      - name: ${noun}_id_${at}
        type: ${types[at % types.length]}
        required: ${at === 0}
        description: 'Which ${noun}: number ${at}'
        in: ${at === 0 ? 'path' : 'query'}
`
}

function arg(at: number): string {
  return `              - name: filter_${at}
                value: ${at % 2 === 0 ? `$.inputs.details.first` : `"{{(present(inputs.details)) ? inputs.details.second : ${at}}}"`}
                in: ${at < 4 ? 'query' : 'body'}
                condition: "{{present(inputs.details) && ${at} != 99}}"
`
}

function field(noun: string, at: number): string {
  if (at === 5)
    return `              - targetFieldKey: status
                type: enum
                expression: $.status
                enumMapper:
                  matcher:
                    - matchExpression: '{{$.status == "Active"}}'
                      value: active
                    - matchExpression: '{{$.status == "Inactive"}}'
                      value: inactive
`
  return `              - targetFieldKey: ${noun}_field_${at}
                type: string
                expression: ${at % 2 === 0 ? `$.attributes.${noun}[${at}].value` : `'\${attributes.first} \${attributes.last}'`}
`
}
