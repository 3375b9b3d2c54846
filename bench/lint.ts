// Linting beside its peers, as whole commands, cold: `node -e 0`, reading with yaml and ajv alone, Redocly, Spectral,
// eslint-plugin-yml, yamllint.
//   npm run build && node bench/lint.ts [--rounds 5] [--many 1000] [--with-peers | --peers <folder>]
// --with-peers installs @redocly/cli, @stoplight/spectral-cli, eslint and eslint-plugin-yml into a temporary folder;
// --peers names a folder in which they are installed already.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    many: { type: 'string', default: '1000' },
    'with-peers': { type: 'boolean', default: false },
    peers: { type: 'string' },
  },
})
const root = fileURLToPath(new URL('../', import.meta.url))
const cli = join(root, 'dist/cli/main.js')
const place = mkdtempSync(join(tmpdir(), 'mainspring-bench-lint-'))

/** A connector of about so many bytes: a person, a list of them, and as many actions as it takes. */
function connector(bytes: number, key: string): string {
  const head = `StackOne: 1.0.0
info:
  title: ${key}
  key: ${key}
  version: 1.0.0
  description: People of a firm.
baseUrl: https://api.${key}.example/v1
authentication:
  - api_key:
      type: custom
      label: API Key
      environments: [{key: production, name: Production}]
      configFields:
        - {key: apiKey, label: API Key, type: password, required: true, secret: true, description: The key.}
      authorization: {type: bearer, token: $.credentials.apiKey}
      testActions: [{action: get_thing_0, required: false}]
actions:
`
  let text = head
  for (let index = 0; text.length < bytes; index += 1) {
    text += `  - actionId: get_thing_${index}
    label: Get Thing ${index}
    description: Reads the thing number ${index} of the firm, with its parts and its place.
    categories:
      - hris
    actionType: get
    inputs:
      - name: filter_${index}
        type: string
        in: query
        description: Which parts are wanted, by their names. A comma stands between them.
    steps:
      - stepId: read
        description: Read it
        stepFunction:
          functionName: request
          parameters:
            url: /things/${index}
            method: get
            args:
              - name: filter
                value: $.inputs.filter_${index}
                in: query
                condition: '{{present($.inputs.filter_${index})}}'
    result:
      data: $.steps.read.output.data
`
  }
  return text
}

function write(name: string, text: string): string {
  const folder = join(place, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.connector.s1.yaml`), text)
  return folder
}

/** An OpenAPI document of about so many bytes, for the peers that read those. */
function openApi(bytes: number): string {
  let text =
    'openapi: 3.0.3\ninfo: {title: Things, version: 1.0.0}\nservers: [{url: https://api.acme.example}]\npaths:\n'
  for (let index = 0; text.length < bytes; index += 1)
    text += `  /things${index}/{id}:\n    get:\n      operationId: getThing${index}\n      summary: Reads thing ${index}\n      parameters:\n        - {name: id, in: path, required: true, schema: {type: string}}\n      responses:\n        '200':\n          description: The thing\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  id: {type: string}\n                  name: {type: string}\n`
  const file = join(place, 'openapi.yaml')
  writeFileSync(file, text)
  return file
}

interface Candidate {
  readonly name: string
  readonly command: readonly string[]
  readonly bytes?: number
  readonly cwd?: string
}

const small = write('small', connector(4 * 1024, 'small'))
const large = write('large', connector(284 * 1024, 'large'))
const api = openApi(363 * 1024)
const largeFile = join(large, 'large.connector.s1.yaml')
const plain = join(place, 'plain.mjs')
writeFileSync(
  plain,
  `import { readFileSync } from 'node:fs'
import { parseDocument } from '${join(root, 'node_modules/yaml/dist/index.js')}'
import { compileValidator } from '${join(root, 'dist/definition/validate/compile-validator.js')}'
const document = parseDocument(readFileSync(process.argv[2], 'utf8'))
process.stdout.write(String(compileValidator()(document.toJS()).length))`,
)

const node = process.execPath
const sizeOf = (file: string) => statSync(file).size
const candidates: Candidate[] = [
  { name: 'node -e 0', command: [node, '-e', '0'] },
  { name: 'yaml + ajv, 284 KB', command: [node, plain, largeFile], bytes: sizeOf(largeFile) },
  { name: 'mainspring lint, 4 KB', command: [node, cli, 'lint', small, '--no-cache'], bytes: 4096 },
  {
    name: 'mainspring lint, 284 KB',
    command: [node, cli, 'lint', large, '--no-cache'],
    bytes: sizeOf(largeFile),
  },
  ...peers(),
]

const times = new Map(candidates.map(({ name }) => [name, [] as number[]]))
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const { name, command, cwd } of candidates) {
    const [file = '', ...args] = command
    const started = performance.now()
    const { error } = spawnSync(file, args, { cwd: cwd ?? place, stdio: 'ignore' })
    if (error) throw error
    times.get(name)?.push(performance.now() - started)
  }
}
const best = (name: string) => Math.min(...(times.get(name) ?? [Number.NaN]))
const bare = best('node -e 0')
process.stdout.write(`Node ${process.version}; best of ${values.rounds} rounds\n`)
for (const { name, bytes } of candidates) {
  const all = times.get(name) ?? []
  const perKb = bytes === undefined ? '' : `, ${(best(name) / (bytes / 1024)).toFixed(2)} ms/KB`
  process.stdout.write(
    `${name.padEnd(34)} ${best(name).toFixed(0).padStart(6)} ms (to ${Math.max(...all).toFixed(0)}), ${(best(name) / bare).toFixed(1)} x node${perKb}\n`,
  )
}

const many = Number(values.many)
if (many > 0) {
  const catalog = join(place, 'many')
  for (let index = 0; index < many; index += 1) {
    mkdirSync(join(catalog, `c${index}`), { recursive: true })
    writeFileSync(
      join(catalog, `c${index}`, `c${index}.connector.s1.yaml`),
      connector(30 * 1024, `c${index}`),
    )
  }
  const env = { ...process.env, XDG_CACHE_HOME: join(place, 'cache') }
  for (const kind of ['cold', 'warm', 'warm again']) {
    const started = performance.now()
    const { status } = spawnSync(node, [cli, 'lint', catalog, '--format', 'json'], {
      cwd: place,
      env,
      stdio: 'ignore',
    })
    process.stdout.write(
      `${many} connectors of 30 KB, ${kind}: ${((performance.now() - started) / 1000).toFixed(2)} s (exit ${status})\n`,
    )
  }
}
rmSync(place, { recursive: true })

function peers(): Candidate[] {
  const found: Candidate[] = []
  if (spawnSync('yamllint', ['--version']).status === 0)
    found.push({
      name: 'yamllint, 284 KB',
      command: ['yamllint', '-d', 'relaxed', largeFile],
      bytes: sizeOf(largeFile),
    })
  const folder = values.peers ?? (values['with-peers'] ? installPeers() : undefined)
  if (folder === undefined) return found
  const bin = (name: string) => join(folder, 'node_modules/.bin', name)
  if (existsSync(bin('redocly')))
    found.push({
      name: 'Redocly, 363 KB OpenAPI',
      command: [node, bin('redocly'), 'lint', api],
      bytes: sizeOf(api),
    })
  if (existsSync(bin('spectral'))) {
    writeFileSync(join(place, '.spectral.yaml'), 'extends: spectral:oas\n')
    found.push({
      name: 'Spectral, 363 KB OpenAPI',
      command: [node, bin('spectral'), 'lint', api],
      bytes: sizeOf(api),
    })
  }
  if (existsSync(bin('eslint'))) {
    const config = join(folder, 'eslint.config.mjs')
    writeFileSync(
      config,
      "import yml from 'eslint-plugin-yml'\nexport default [...yml.configs['flat/recommended'] ?? yml.configs.recommended]\n",
    )
    const copy = join(folder, 'large.yaml')
    writeFileSync(copy, connector(284 * 1024, 'large'))
    found.push({
      name: 'eslint-plugin-yml, 284 KB',
      command: [node, bin('eslint'), '-c', config, copy],
      bytes: sizeOf(copy),
      cwd: folder,
    })
  }
  return found
}

function installPeers(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mainspring-lint-peers-'))
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  const names = ['@redocly/cli', '@stoplight/spectral-cli', 'eslint', 'eslint-plugin-yml']
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...names], {
    cwd: folder,
    stdio: 'inherit',
  })
  return folder
}
