import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parse, stringify } from 'yaml'
import { parseDefinition } from '../../../src/definition/index.ts'
import { compileConnector, explainAction } from '../../../src/index.ts'
import { compileModel } from '../../../src/plan/index.ts'
import { seededRandom } from '../../seeded-random.ts'
import { expectCoded } from '../expect-coded.ts'
import type { FuzzSubject } from '../fuzz-subject.ts'
import { damageTree } from '../generators/damage-tree.ts'
import { soundDefinition } from './definitions.ts'

/** Of a connector that compiles, as many actions are explained. */
const mostExplained = 5

/** The connectors that are shipped, with keys and values of the format put where they do not belong, loaded, compiled and explained. */
export const definitionTrees: FuzzSubject = {
  name: 'definition trees',
  share: 0.05,
  async open() {
    const connectors = new Map([
      ['acme', new Map([['acme.connector.s1.yaml', soundDefinition]])],
      ...['dropbox', 'lever', 'linear', 'workday'].map(
        (name) => [name, filesOf(join('connectors', name))] as const,
      ),
    ])
    return {
      property: fc.property(
        fc.constantFrom(...connectors.keys()),
        fc.nat({ max: 2 ** 31 - 1 }),
        (connector, seed) => {
          const files = connectors.get(connector) ?? new Map<string, string>()
          const random = seededRandom(seed)
          const names = [...files.keys()]
          const damaged = names[Math.floor(random() * names.length)] ?? ''
          // The format names several files under one key.
          const tree = parse(files.get(damaged) ?? '', { uniqueKeys: false })
          damageTree(tree, random)
          const text = stringify(tree, { aliasDuplicateObjects: false })
          const root = names.find((name) => name.endsWith('.connector.s1.yaml')) ?? ''
          const { model, diagnostics } = parseDefinition({
            root,
            read: (name) => (name === damaged ? text : files.get(name)),
            names,
          })
          if (model === null && !diagnostics.some(({ severity }) => severity === 'error'))
            throw new Error('Neither a model nor an error.')
          if (model !== null && compileModel(model).diagnostics.every(({ severity }) => severity !== 'error'))
            explain(model)
          if ('polluted' in {}) throw new Error('A prototype was changed.')
        },
      ),
    }
  },
}

function explain(model: Parameters<typeof compileConnector>[0]): void {
  const plan = compileConnector(model)
  for (const { id } of plan.actions.slice(0, mostExplained))
    try {
      explainAction(plan, id, { inputs: {}, allowPreview: true, allowWrites: true })
    } catch (error) {
      expectCoded(error)
    }
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
