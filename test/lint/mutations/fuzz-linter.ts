import { overlay } from '../../../src/lint/fix/fix-source.ts'
import { lintSource } from '../../../src/lint/lint-source.ts'
import { seededRandom } from '../../seeded-random.ts'
import { damageText } from './damage-text.ts'
import { readFolder } from './judge-mutations.ts'

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
    const text = damageText(texts.get(file) ?? '', random)
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
