import type { Diagnostic } from '../../../src/errors/index.ts'
import { overlay } from '../../../src/lint/fix/fix-source.ts'
import { openLintSource } from '../../../src/lint/lint-connector.ts'
import { type LintSource, lintSource } from '../../../src/lint/lint-source.ts'
import { type Random, seededRandom } from '../../seeded-random.ts'
import { meaningOf } from './meaning.ts'
import { type Mutation, type MutationKind, mutateText, mutationKinds } from './mutate-text.ts'

/** What became of one mutation that changes meaning. */
export interface Verdict {
  readonly mutation: Mutation
  readonly file: string
  /** A finding that the original does not have. */
  readonly found: boolean
  /** The first one is on the mutated line, on the first line of the thing that lacks something, or names it as related. */
  readonly placed: boolean
  readonly first: Diagnostic | undefined
}

/** A connector of a folder, with its texts in memory. */
export function readFolder(folder: string): {
  readonly source: LintSource
  readonly texts: ReadonlyMap<string, string>
} {
  const opened = openLintSource(folder)
  if ('notFound' in opened) throw new Error(opened.notFound.message)
  const { files } = lintSource(opened.source)
  return { source: opened.source, texts: new Map(files.map(({ name, text }) => [name, text])) }
}

/** Mutates one file `count` times, in ways that change what the connector does, and says what the linter finds. */
export function judgeFile(folder: string, file: string, count: number, seed: number): readonly Verdict[] {
  const { source, texts } = readFolder(folder)
  const text = texts.get(file) ?? ''
  const held = overlay(source, texts)
  const before = countOf(lintSource(held).diagnostics)
  const meaning = meaningOf(held)
  const random = seededRandom(seed)
  const seen = new Set<string>()
  const verdicts: Verdict[] = []
  // A small file offers fewer mutations than are asked for.
  for (let attempt = 0; attempt < count * 60 && verdicts.length < count; attempt += 1) {
    const kind = mutationKinds[attempt % mutationKinds.length] ?? 'key typo'
    const mutation = draw(text, kind, random)
    if (mutation === undefined || seen.has(mutation.text)) continue
    seen.add(mutation.text)
    const changed = overlay(source, new Map(texts).set(file, mutation.text))
    if (meaningOf(changed) === meaning) continue
    verdicts.push(judge(mutation, file, lintSource(changed).diagnostics, before))
  }
  return verdicts
}

/** Not every line offers every kind. */
function draw(text: string, kind: MutationKind, random: Random): Mutation | undefined {
  for (let attempt = 0; attempt < 30; attempt += 1) {
    const mutation = mutateText(text, kind, random)
    if (mutation !== undefined) return mutation
  }
  return undefined
}

function judge(
  mutation: Mutation,
  file: string,
  after: readonly Diagnostic[],
  before: ReadonlyMap<string, number>,
): Verdict {
  const left = new Map(before)
  const fresh = after.filter((diagnostic) => {
    const key = keyOf(diagnostic)
    const count = left.get(key) ?? 0
    left.set(key, count - 1)
    return count <= 0
  })
  const [first] = fresh
  return {
    mutation,
    file,
    found: first !== undefined,
    first,
    placed: first !== undefined && isPlaced(mutation, file, first),
  }
}

function isPlaced({ lines, text }: Mutation, file: string, { location, related = [] }: Diagnostic): boolean {
  const wanted = new Set([...lines, ...lines.flatMap((line) => headsOf(text, line))])
  const starts = [location, ...related.map((place) => place.location)].filter((place) => place.file === file)
  return starts.some(
    ({ range }) =>
      wanted.has(range.start.line) ||
      lines.some(
        (line) => range.start.line <= line && line <= range.end.line && range.end.line - range.start.line < 3,
      ),
  )
}

/** The first lines of the things that a line is part of: where a missing key of theirs is reported. */
function headsOf(text: string, line: number): readonly number[] {
  const lines = text.split('\n')
  const heads: number[] = []
  let depth = indentOf(lines[line - 1] ?? lines[line - 2] ?? '')
  for (let index = Math.min(line - 1, lines.length - 1); index >= 0 && heads.length < 3; index -= 1) {
    const one = lines[index] ?? ''
    if (one.trim() === '' || one.trimStart().startsWith('#')) continue
    const own = indentOf(one)
    const starts = /^\s*- /.test(one)
    if (own < depth || (starts && own <= depth)) {
      heads.push(index + 1)
      depth = own
    }
  }
  return heads
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

function countOf(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const diagnostic of diagnostics)
    counts.set(keyOf(diagnostic), (counts.get(keyOf(diagnostic)) ?? 0) + 1)
  return counts
}

function keyOf({ code, message, location }: Diagnostic): string {
  return `${code} ${location.file} ${message}`
}
