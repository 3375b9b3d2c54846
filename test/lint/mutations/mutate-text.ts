import type { Random } from '../../seeded-random.ts'

/** One change of a text, and the lines (from 1) of the changed text that it touched. */
export interface Mutation {
  readonly kind: MutationKind
  readonly text: string
  readonly lines: readonly number[]
  /** What was done, in words. */
  readonly what: string
}

export const mutationKinds = [
  'key typo',
  'value typo',
  'path typo',
  'dropped line',
  'moved line',
  'duplicated line',
  'wrong indentation',
  'swapped type',
  'broken expression',
] as const
export type MutationKind = (typeof mutationKinds)[number]

/** One mutation of a kind; undefined where the line that was drawn does not offer it. */
export function mutateText(text: string, kind: MutationKind, random: Random): Mutation | undefined {
  const lines = text.split('\n')
  const index = Math.floor(random() * lines.length)
  const line = lines[index] ?? ''
  if (line.trim() === '' || line.trimStart().startsWith('#')) return undefined
  const replaced = (changed: string, what: string): Mutation | undefined =>
    changed === line
      ? undefined
      : { kind, what, lines: [index + 1], text: lines.with(index, changed).join('\n') }
  switch (kind) {
    case 'key typo': {
      const [, head = '', key = '', rest = ''] = /^(\s*(?:- )?)([\w$-]+)(:.*)$/.exec(line) ?? []
      return key === ''
        ? undefined
        : replaced(head + misspell(key, random) + rest, `the key of \`${line.trim()}\``)
    }
    case 'value typo': {
      const [, head = '', value = ''] = /^(\s*(?:- )?[\w$-]+: |\s*- )(.+)$/.exec(line) ?? []
      return value === '' || /^[>|][-+]?$/.test(value)
        ? undefined
        : replaced(head + misspellIn(value, random), `the value of \`${line.trim()}\``)
    }
    case 'path typo': {
      const names = [...line.matchAll(/(?<=\$\.[\w.]*|\$\{[\w.(]*|\{\{[^}]*)[A-Za-z_]\w+/g)]
      const found = names[Math.floor(random() * names.length)]
      if (found === undefined) return undefined
      const end = found.index + found[0].length
      return replaced(
        line.slice(0, found.index) + misspell(found[0], random) + line.slice(end),
        `\`${found[0]}\` in \`${line.trim()}\``,
      )
    }
    case 'dropped line':
      return {
        kind,
        what: `\`${line.trim()}\` dropped`,
        lines: [index + 1, index],
        text: lines.toSpliced(index, 1).join('\n'),
      }
    case 'moved line': {
      const to = index + (random() < 0.5 ? -1 : 1) * (1 + Math.floor(random() * 4))
      if (to < 0 || to >= lines.length) return undefined
      const moved = lines.toSpliced(index, 1).toSpliced(to, 0, line)
      return {
        kind,
        what: `\`${line.trim()}\` moved by ${to - index}`,
        lines: [to + 1, index + 1, index],
        text: moved.join('\n'),
      }
    }
    case 'duplicated line':
      return {
        kind,
        what: `\`${line.trim()}\` twice`,
        lines: [index + 2, index + 1],
        text: lines.toSpliced(index, 0, line).join('\n'),
      }
    case 'wrong indentation': {
      const by = random() < 0.5 ? -2 : 2
      const slip = random() < 0.3 ? by / 2 : by
      const changed = slip > 0 ? ' '.repeat(slip) + line : line.replace(new RegExp(`^ {1,${-slip}}`), '')
      return replaced(changed, `\`${line.trim()}\` indented by ${slip}`)
    }
    case 'swapped type': {
      const [, head = '', value = ''] = /^(\s*(?:- )?[\w$-]+: )(\S.*)$/.exec(line) ?? []
      if (value === '' || /^[>|]/.test(value)) return undefined
      const others = ['[]', '{}', '12', 'true', 'null', 'text', "['a']", '{a: 1}'].filter(
        (other) => other !== value,
      )
      return replaced(
        head + (others[Math.floor(random() * others.length)] ?? '12'),
        `\`${line.trim()}\` of another type`,
      )
    }
    case 'broken expression': {
      if (!/\$\.|\$\{|\{\{/.test(line)) return undefined
      const marks = [...line.matchAll(/\$\.|\$\{|\{\{|\}\}|\}|\(|\)|\[|\]|==|&&|\|\|/g)]
      const found = marks[Math.floor(random() * marks.length)]
      if (found === undefined) return undefined
      const kept = found[0].length > 1 ? found[0].slice(1) : ''
      return replaced(
        line.slice(0, found.index) + kept + line.slice(found.index + found[0].length),
        `\`${found[0]}\` broken in \`${line.trim()}\``,
      )
    }
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

function misspell(word: string, random: Random): string {
  const at = Math.floor(random() * word.length)
  const letter = letters[Math.floor(random() * 26)] ?? 'x'
  switch (Math.floor(random() * 4)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1)
    case 1:
      return word.slice(0, at) + letter + word.slice(at)
    case 2:
      return word.slice(0, at) + letter + word.slice(at + 1)
    default:
      return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2)
  }
}

function misspellIn(value: string, random: Random): string {
  const words = [...value.matchAll(/[A-Za-z]{2,}/g)]
  const found = words[Math.floor(random() * words.length)]
  if (found === undefined) return misspell(value, random)
  return value.slice(0, found.index) + misspell(found[0], random) + value.slice(found.index + found[0].length)
}
