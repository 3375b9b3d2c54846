import type { Random } from '../../seeded-random.ts'
import { mutateText, mutationKinds } from './mutate-text.ts'

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

/** A text with a few things wrong: mutations, pieces put in, stretches taken out. */
export function damageText(text: string, random: Random): string {
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
