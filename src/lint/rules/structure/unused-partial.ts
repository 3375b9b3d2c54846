import { defineRule } from '../../rule.ts'

const ending = '.s1.partial.yaml'

/** Whoever edits such a file wonders why nothing changes. */
export const unusedPartial = defineRule({
  code: 'lint/unused-partial',
  severity: 'warning',
  title: 'A partial that nothing refers to',
  why: 'Its actions do not exist for callers, though the file looks as if they did.',
  remedy: 'Refer to it with `$ref`, or remove the file.',
  bad: {
    part: 'connector',
    yaml: 'actions:\n  $ref: acme.people',
    files: {
      'acme.people.s1.partial.yaml':
        '- actionId: list_people\n  steps:\n    - stepId: list\n      stepFunction: {functionName: request, parameters: {url: /people, method: get}}\n',
      'acme.notes.s1.partial.yaml': '[]\n',
    },
  },
  good: {
    part: 'connector',
    yaml: 'actions:\n  $ref: acme.people',
    files: {
      'acme.people.s1.partial.yaml':
        '- actionId: list_people\n  steps:\n    - stepId: list\n      stepFunction: {functionName: request, parameters: {url: /people, method: get}}\n',
    },
  },
  visit: {
    connector({ files, fileNames, root }, report) {
      const read = new Set(files.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)))
      const stem = (files[0]?.name ?? '').split('/').at(-1)?.split('.')[0] ?? ''
      for (const name of fileNames) {
        // Another connector of the folder may own a partial that starts with another name.
        if (!name.endsWith(ending) || read.has(name) || !name.startsWith(`${stem}.`)) continue
        const start = { file: root.file, start: root.start, end: root.start }
        const actions = root.entries.find((entry) => entry.name === 'actions')
        report(actions?.key ?? start, {
          message: `Nothing refers to the partial ${name}.`,
          hint: `Add \`$ref: ${name.slice(0, -ending.length)}\`, or remove the file.`,
        })
      }
    },
  },
})
