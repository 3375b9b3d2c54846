import { overlay } from '../../../src/lint/fix/fix-source.ts'
import { lintSource } from '../../../src/lint/lint-source.ts'
import { readFolder } from './judge-mutations.ts'
import { mutateText, mutationKinds, type Random, seededRandom } from './mutate-text.ts'

/** Pieces that have a meaning of their own in YAML or in expressions. */
const pieces = [
  '{{',
  '}}',
  '${',
  '}',
  '$.',
  '$',
  '[',
  ']',
  '*a',
  '&a ',
  '<<: ',
  '? ',
  '- ',
  ': ',
  '|',
  '>',
  '"',
  "'",
  '#',
  '\t',
  '\r',
  '\u0000',
  '\u200b',
  '\ud800',
  '!!binary ',
  '%',
  '---\n',
  '...\n',
  '0x1',
  '1e999',
  '.nan',
  'null',
  '~',
  '\\',
  '__proto__: 1',
  'constructor',
  '@',
  '`',
  '\ufeff',
  '𝒳',
  '\n',
  '    ',
  '$ref: a.b',
]

/** Lints damaged copies of one file of a connector: each input is several mutations, or noise put into the text. */
export function fuzzLinter(
  folder: string,
  count: number,
  seed: number,
): {
  readonly crashes: readonly { readonly seed: number; readonly error: string }[]
  readonly slowestMs: number
} {
  const { source, texts } = readFolder(folder)
  const names = [...texts.keys()]
  const crashes: { seed: number; error: string }[] = []
  let slowestMs = 0
  for (let index = 0; index < count; index += 1) {
    const random = seededRandom(seed * 1_000_003 + index)
    const file = names[Math.floor(random() * names.length)] ?? ''
    const text = damage(texts.get(file) ?? '', random)
    const started = performance.now()
    try {
      lintSource(overlay(source, new Map(texts).set(file, text)))
    } catch (error) {
      crashes.push({
        seed: index,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    }
    slowestMs = Math.max(slowestMs, performance.now() - started)
  }
  return { crashes, slowestMs }
}

function damage(text: string, random: Random): string {
  let damaged = text
  const rounds = 1 + Math.floor(random() * 6)
  for (let round = 0; round < rounds; round += 1) {
    const at = Math.floor(random() * damaged.length)
    const until = at + Math.floor(random() * (random() < 0.1 ? 400 : 8))
    const piece = pieces[Math.floor(random() * pieces.length)] ?? ''
    const kind = mutationKinds[Math.floor(random() * mutationKinds.length)] ?? 'key typo'
    if (random() < 0.5) damaged = damaged.slice(0, at) + piece + damaged.slice(random() < 0.5 ? at : until)
    else damaged = mutateText(damaged, kind, random)?.text ?? damaged
  }
  return random() < 0.02 ? damaged.slice(0, Math.floor(random() * damaged.length)) : damaged
}
