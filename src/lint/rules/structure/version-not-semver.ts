import { defineRule } from '../../rule.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

export const versionNotSemver = defineRule({
  code: 'lint/version-not-semver',
  severity: 'warning',
  title: 'A version that cannot be compared',
  why: 'Callers pin a connector by its version, and tools tell from it whether an update can break them. That needs three numbers.',
  remedy: 'Write `major.minor.patch`, such as 1.4.0 (https://semver.org).',
  bad: { part: 'connector', yaml: 'info:\n  title: Acme\n  key: acme\n  version: "1.4"' },
  good: { part: 'connector', yaml: 'info:\n  title: Acme\n  key: acme\n  version: 1.4.0' },
  visit: {
    connector({ info }, report) {
      const node = memberOf(info, 'version')
      const version = textOf(node)
      if (node === undefined || version === undefined) return
      if (/^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.test(version)) return
      report(node, { message: `"${version}" is not a version of three numbers.` })
    },
  },
})
