/** How a provider wants to be told who calls. */
export const authenticationKinds = ['bearer', 'basic', 'header', 'none'] as const
export type AuthenticationKind = (typeof authenticationKinds)[number]

/** What is known of a provider when its connector begins. */
export interface NewConnector {
  /** Small letters and digits; it begins every action's name and never changes. */
  readonly key: string
  readonly title: string
  /** Address that every path begins with: `https://api.example.com/v1`. */
  readonly baseUrl: string
  readonly authentication: AuthenticationKind
  /** Where the provider documents its API. */
  readonly documentation?: string
  /** Path of the folder of schemas from the connector's folder, for editors; slashes on every system. */
  readonly schemas?: string
}

/** A file of a new connector, by its name within the folder. */
export interface ScaffoldedFile {
  readonly name: string
  readonly content: string
}

/**
 * The files of a connector with one action, as a place to begin: they lint clean, and say in comments what to replace.
 */
export function newConnector(connector: NewConnector): readonly ScaffoldedFile[] {
  return [
    { name: `${connector.key}.connector.s1.yaml`, content: connectorFile(connector) },
    { name: `${connector.key}.items.s1.partial.yaml`, content: partialFile(connector) },
    { name: 'README.md', content: readmeFile(connector) },
  ]
}

function connectorFile({
  key,
  title,
  baseUrl,
  authentication,
  documentation,
  schemas,
}: NewConnector): string {
  return `${modeline('connector', schemas)}StackOne: 1.0.0
info:
  title: ${quoted(title)}
  key: ${key}
  version: 0.1.0
  description: ${quoted(`Reads what ${title} keeps.`)} # what can be done with it, for people and agents

baseUrl: ${quoted(baseUrl)}
${documentation === undefined ? '' : `resources: ${quoted(documentation)}\n`}
authentication:
${methods[authentication](title)}
actions:
  - $ref: ${key}.items # one line for each partial beside this file
`
}

function partialFile({ title, schemas }: NewConnector): string {
  return `${modeline('partial', schemas)}# Actions on one kind of thing. Replace items by what the provider calls it.
- actionId: list_items
  categories:
    - custom
  actionType: list
  label: List Items
  description: ${quoted(`Lists the items of the ${title} account, a page at a time. Gives a list of item records.`)}
  inputs:
    - name: page_size
      type: number
      in: query
      required: false
      description: "How many items to ask for in one call, sent as \`limit\`. Example: 50."
      rules:
        min: 1
        max: 100
    - name: cursor
      type: string
      in: query
      required: false
      description: "Where to carry on: the \`next\` of the page before, unchanged. Leave it out for the first page."
  steps:
    - stepId: list_items
      description: Read a page of items
      stepFunction:
        functionName: request
        parameters:
          url: /items
          method: get
      x-mainspring:
        paging:
          style: offset
          limitParam: limit
          offsetParam: offset
        response:
          rows:
            - items
  result:
    data: $.steps.list_items.output.data
  x-mainspring:
    stage: beta
    evidence:
      request: C # A a shipped client calls it, B a client with live keys, C documented, D older version, E guessed
      response: C
      source: "The provider's documentation; write here where it says so"
`
}

/** Tells editors with a YAML language server what the file is. */
function modeline(kind: 'connector' | 'partial', schemas: string | undefined): string {
  return schemas === undefined ? '' : `# yaml-language-server: $schema=${schemas}/${kind}.schema.json\n`
}

function readmeFile({ key, title }: NewConnector): string {
  return `# ${title}

\`\`\`sh
npx mainspring lint ${key}
npx mainspring actions --connectors . ${key}
npx mainspring explain --connectors . ${key}_list_items
npx mainspring run --connectors . ${key}_list_items --input page_size=5   # asks for the credentials
\`\`\`
`
}

const methods: Readonly<Record<AuthenticationKind, (title: string) => string>> = {
  bearer: (title) =>
    method(
      title,
      'bearer',
      'API Token',
      [field('apiToken', 'API Token', title)],
      ['type: bearer', 'token: $.credentials.apiToken'],
    ),
  basic: (title) =>
    method(
      title,
      'basic',
      'User Name and Password',
      [openField('username', 'User Name', title), field('password', 'Password', title)],
      ['type: basic', 'username: $.credentials.username', 'password: $.credentials.password'],
    ),
  header: (title) =>
    method(
      title,
      'api_key',
      'API Key',
      [field('apiKey', 'API Key', title)],
      ['type: none'],
      `      x-mainspring:
        headers:
          - name: X-API-Key # the header that the provider reads
            value: $.credentials.apiKey
`,
    ),
  none: () => `  - open:
      type: custom
      label: No Credentials
      authorization:
        type: none
      environments:
        - key: production
          name: Production
`,
}

function method(
  title: string,
  key: string,
  label: string,
  fields: readonly string[],
  authorization: readonly string[],
  extension = '      x-mainspring:\n',
): string {
  const names = fields.map((text) => /key: (\w+)/.exec(text)?.[1] ?? '')
  return `  - ${key}:
      type: custom
      label: ${label}
      configFields:
${fields.join('')}      authorization:
${authorization.map((line) => `        ${line}\n`).join('')}      environments:
        - key: production
          name: Production
      testActions:
        # Run when an account is linked: the cheapest read that only the right credentials pass.
        - action: list_items
          required: true
${extension}        guide:
          title: ${quoted(`Connect ${title} with ${label}`)}
          warning: ${quoted(`Keep these values in a safe place: they give access to your ${title} account.`)}
          sections:
            - title: Find your credentials
              steps:
                - title: Open the settings
                  text: ${quoted(`Sign in to ${title} and open the API settings of your account.`)}
                - title: Copy the values
                  text: Copy what the form asks for.
                  fields:
${names.map((name) => `                    - ${name}\n`).join('')}            - title: Link the account from the Hub
              hiddenUnderWhiteLabel: true
              steps:
                - title: Fill out the form and connect
                  text: Paste the values and click Connect. The account then shows on the Accounts page.
`
}

function field(key: string, label: string, title: string): string {
  return `        - key: ${key}
          label: ${label}
          type: password
          required: true
          secret: true
          placeholder: Paste the ${label}
          description: ${quoted(`The ${label} of your ${title} account.`)}
`
}

function openField(key: string, label: string, title: string): string {
  return `        - key: ${key}
          label: ${label}
          type: text
          required: true
          secret: false
          placeholder: ${label}
          description: ${quoted(`The ${label} you sign in to ${title} with.`)}
`
}

/** A text as YAML takes it, whatever is in it. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
