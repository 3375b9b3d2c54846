import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Generator } from './generator.ts'

const rules = fileURLToPath(new URL('../../src/lint/rules/', import.meta.url))

/** The list of all rules: one file, one rule, one export. */
export const ruleRegistry: Generator = {
  path: 'src/lint/generated/rule-registry.ts',
  generate() {
    const files = globSync('*/*.ts', { cwd: rules }).toSorted()
    const found = files.map((file) => {
      const name = /export const (\w+) = defineRule\(/.exec(readFileSync(`${rules}${file}`, 'utf8'))?.[1]
      if (name === undefined) throw new Error(`src/lint/rules/${file} exports no rule.`)
      return { name, file }
    })
    return [
      '// Made from src/lint/rules/ by scripts/generate.ts.',
      "import type { Rule } from '../rule.ts'",
      ...found.map(({ name, file }) => `import { ${name} } from '../rules/${file}'`),
      '',
      'export const rules: readonly Rule[] = [',
      ...found.map(({ name }) => `  ${name},`),
      ']',
      '',
    ].join('\n')
  },
}
