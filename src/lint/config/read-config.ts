import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import {
  parseYamlFile,
  type SourceEntry,
  type SourceFile,
  type SourceNode,
  type Span,
  toLocation,
} from '../../definition/index.ts'
import { type Diagnostic, type ErrorCodeIn, errorCatalogue, nearestName } from '../../errors/index.ts'
import { ruleCodes } from '../rule-codes.ts'
import { asMap, itemsOf, memberOf, textOf } from '../view/read-tree.ts'
import type { Level, LintConfig } from './lint-config.ts'

const levels: readonly string[] = ['off', 'info', 'warning', 'error']
const topKeys = ['rules', 'overrides', 'maxWarnings', 'baseline']

/** Reads a configuration; every mistake in it is a finding, and `config` is null where there is one. */
export function readConfig(path: string): {
  readonly config: LintConfig | null
  readonly diagnostics: readonly Diagnostic[]
} {
  const file: SourceFile = { name: path, text: readText(path) }
  const { tree, diagnostics: syntax } = parseYamlFile(file)
  if (tree === null) return { config: null, diagnostics: syntax }
  const diagnostics: Diagnostic[] = []
  const report = (code: ErrorCodeIn<'config'>, at: Span, message: string, hint?: string): void => {
    diagnostics.push({
      code,
      severity: 'error',
      message,
      hint: hint ?? errorCatalogue[code].remedy,
      location: toLocation(at),
    })
  }
  const isEmpty = tree.kind === 'scalar' && tree.value === null
  if (tree.kind !== 'map' && !isEmpty) report('config/invalid', tree, 'A configuration is a map of keys.')
  checkKeys(tree, topKeys, 'configuration', report)
  const rules = readLevels(memberOf(tree, 'rules'), report)
  const overrides = readOverrides(memberOf(tree, 'overrides'), report)
  const maxWarnings = readWhole(memberOf(tree, 'maxWarnings'), report)
  const baseline = readName(memberOf(tree, 'baseline'), report)
  const config: LintConfig = {
    file: path,
    rules,
    overrides,
    ...(maxWarnings === undefined ? {} : { maxWarnings }),
    ...(baseline === undefined ? {} : { baseline: resolve(dirname(path), baseline) }),
  }
  return { config: diagnostics.length === 0 ? config : null, diagnostics }
}

type Report = (code: ErrorCodeIn<'config'>, at: Span, message: string, hint?: string) => void

function checkKeys(
  node: SourceNode | undefined,
  known: readonly string[],
  thing: string,
  report: Report,
): void {
  for (const { name, key } of asMap(node)?.entries ?? []) {
    if (known.includes(name)) continue
    const meant = nearestName(name, known)
    report(
      'config/invalid',
      key,
      `\`${name}\` is not a key of ${thing === 'configuration' ? 'the configuration' : `an ${thing}`}.`,
      meant === undefined ? `Its keys are: ${known.join(', ')}.` : `Did you mean \`${meant}\`?`,
    )
  }
}

function readLevels(node: SourceNode | undefined, report: Report): Readonly<Record<string, Level>> {
  if (node === undefined) return {}
  if (node.kind !== 'map') {
    report('config/invalid', node, '`rules` must be a map of codes and levels.')
    return {}
  }
  return Object.fromEntries(node.entries.flatMap((entry) => readLevel(entry, report)))
}

function readLevel({ name, key, value }: SourceEntry, report: Report): readonly (readonly [string, Level])[] {
  if (!ruleCodes().includes(name)) {
    const meant = nearestName(name, ruleCodes()) ?? nearestName(`lint/${name}`, ruleCodes())
    report(
      'config/unknown-rule',
      key,
      `There is no rule "${name}".`,
      meant === undefined ? undefined : `Did you mean \`${meant}\`?`,
    )
    return []
  }
  const level = textOf(value) ?? ''
  if (levels.includes(level)) return [[name, level as Level]]
  report(
    'config/invalid',
    value.start === value.end ? key : value,
    `"${level}" is not a level.`,
    'The levels are: off, info, warning, error.',
  )
  return []
}

function readOverrides(node: SourceNode | undefined, report: Report): LintConfig['overrides'] {
  if (node !== undefined && node.kind !== 'list')
    report('config/invalid', node, '`overrides` must be a list.')
  return itemsOf(node).map((item) => {
    checkKeys(item, ['paths', 'rules'], 'override', report)
    const list = memberOf(item, 'paths')
    const paths = itemsOf(list).flatMap((path) => nameOf(path) ?? [])
    if (paths.length === 0)
      report('config/invalid', list ?? item, 'An override names its files under `paths`.')
    for (const path of itemsOf(list))
      if (nameOf(path) === undefined) report('config/invalid', path, 'A path is a text that is not empty.')
    const rules = memberOf(item, 'rules')
    if (rules === undefined) report('config/invalid', item, 'An override says under `rules` what differs.')
    return { paths, rules: readLevels(rules, report) }
  })
}

function readWhole(node: SourceNode | undefined, report: Report): number | undefined {
  if (node === undefined) return undefined
  const value = node.kind === 'scalar' ? node.value : undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  report('config/invalid', node, '`maxWarnings` must be a whole number from 0.')
  return undefined
}

function readName(node: SourceNode | undefined, report: Report): string | undefined {
  const name = node && nameOf(node)
  if (node !== undefined && name === undefined)
    report('config/invalid', node, '`baseline` must be the name of a file.')
  return name
}

/** A text that is one in the file too: a number there is a slip. */
function nameOf(node: SourceNode): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') return undefined
  return node.value
}

function readText(path: string): string {
  return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
}
