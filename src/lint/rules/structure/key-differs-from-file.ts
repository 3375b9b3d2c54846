import { nearestName } from '../../../errors/index.ts'
import { defineRule } from '../../rule.ts'
import { memberOf } from '../../view/read-tree.ts'

export const keyDiffersFromFile = defineRule({
  code: 'lint/key-differs-from-file',
  severity: 'warning',
  title: 'A connector key that is nearly the name of its file',
  why: 'By custom a connector is found by its file before it is read. The key never changes once accounts are linked: a slip in it is kept for ever.',
  remedy: 'Correct the key, or the name of the file.',
  bad: {
    part: 'connector',
    yaml: 'info: {title: Acme, key: amce, version: 1.0.0, description: People and notes of a firm.}',
  },
  good: {
    part: 'connector',
    yaml: 'info: {title: Acme, key: acme, version: 1.0.0, description: People and notes of a firm.}',
  },
  visit: {
    connector({ files, info, key }, report) {
      const stem = (files[0]?.name.split('/').at(-1) ?? '').replace(
        /(?:\.connector|_v[\w-]+)?\.s1\.yaml$/,
        '',
      )
      const names = [stem, ...stem.split(/[-_]/)].filter((name) => name.length >= 4)
      const node = memberOf(info, 'key')
      const parts = [key, ...key.split(/[-_]/)]
      if (node === undefined || parts.some((part) => names.includes(part))) return
      const meant = nearestName(key, names) ?? nearestName(parts[1] ?? '', names)
      if (
        meant !== undefined &&
        Math.abs(meant.length - (key.length > meant.length + 2 ? (parts[1] ?? '').length : key.length)) <= 1
      )
        report(node, { message: `The key is "${key}", and the file is called "${stem}".` })
    },
  },
})
