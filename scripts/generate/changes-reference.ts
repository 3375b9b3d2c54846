import { ruleOf } from '../../src/compat/changes/rules/index.ts'
import { loadFormatSchema } from '../../src/definition/index.ts'
import type { Generator } from './generator.ts'

/** The page that says of every key of the format what its change means to callers. */
export const changesReference: Generator = {
  path: 'docs/reference/changes.md',
  generate() {
    const root = loadFormatSchema()
    const definitions = Object.entries({ Connector: root, ...root.definitions })
    const tables = definitions.flatMap(([name, { properties }]) => {
      const rows = Object.keys(properties ?? {}).flatMap((key) => {
        const rule = ruleOf(`${name}.${key}`, false)
        if (rule === undefined) return []
        if (rule.container) return [`| \`${key}\` | its parts are judged | | |`]
        const classes = [rule.added(true), rule.removed(true), rule.changed('a', 'b')].map(
          (verdict) => verdict.class,
        )
        return [`| \`${key}\` | ${classes.join(' | ')} |`]
      })
      const entry = ruleOf(`${name}[]`, false)
      const whole =
        entry === undefined
          ? []
          : [`| *a whole one* | ${entry.added({}).class} | ${entry.removed({}).class} | |`]
      return rows.length + whole.length === 0
        ? []
        : [
            `## ${name}\n\n| key | added | removed | changed |\n|---|---|---|---|\n${[...whole, ...rows].join('\n')}`,
          ]
    })
    return `${[intro, ...tables].join('\n\n')}\n`
  },
}

const intro = `# What a change means to callers

<!-- Made from src/compat/changes/rules by scripts/generate.ts. -->

\`mainspring diff\` compares two versions of a connector and calls each change *breaking*, a *feature* or a *fix*; the worst
of them decides by how much \`info.version\` has to grow (major, minor, patch; before 1.0.0 one step less). The tables give
the class of each key where it comes, goes and changes. Some judge by the values: a limit that loosens is a feature, a
required input that is new is breaking, a list of names is judged by what it gains and loses. What stands inside a step
function is how a call is carried out, and a fix unless a table says otherwise.`
