import { fromPointer, type Report, replaceText } from '../findings.ts'
import type { FormatSchema } from '../schema/format-schema.ts'
import { type DefinitionPath, type SourceNode, toPlain, walkPath } from '../source/source-node.ts'
import { compileValidator, type SchemaError } from './compile-validator.ts'
import { mergeUnionErrors } from './merge-union-errors.ts'
import { repairScalar } from './repair-scalar.ts'
import { reportSchemaErrors } from './report-schema-errors.ts'

type Holder = Record<string | number, unknown>

/**
 * Checks a resolved tree against the format and reports every mistake once. Values whose meaning is plain are taken,
 * with a warning. Returns the data as the rest of the program reads it: of the declared type where nothing worse than a
 * warning was reported.
 */
export function validateDefinition(tree: SourceNode, report: Report): unknown {
  const validate = compileValidator()
  const data = toPlain(tree)
  const emptied = new Set<string>()
  let errors = validate(data)
  // A repair can bring a further mistake to light, and with it a further repair.
  for (let round = 0; round < 3; round += 1) {
    const unions = new Set(
      errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath),
    )
    const repaired = errors.filter((error) => {
      const removed = removeEmpty(error, data, tree)
      if (removed) emptied.add(error.instancePath)
      return removed || (!unions.has(error.instancePath) && repairValue(error, data, tree, report))
    })
    if (repaired.length === 0) break
    errors = validate(data)
  }
  reportSchemaErrors(mergeUnionErrors(errors), tree, emptied, report)
  return data
}

/** `key:` without a value is read as if the key were not there. */
function removeEmpty(error: SchemaError, data: unknown, tree: SourceNode): boolean {
  if (error.data !== null || (error.keyword !== 'type' && error.keyword !== 'anyOf')) return false
  const { holder, last } = place(error, data, tree)
  if (holder === undefined || typeof last !== 'string') return false
  return Object.hasOwn(holder, last) && delete holder[last]
}

function repairValue(error: SchemaError, data: unknown, tree: SourceNode, report: Report): boolean {
  if (error.keyword !== 'type') return false
  const { path, holder, last, node } = place(error, data, tree)
  if (holder === undefined || last === undefined || node?.kind !== 'scalar') return false
  const schema = error.parentSchema as FormatSchema
  const repaired = repairScalar(node, [schema.type ?? []].flat(), schema.items)
  if (repaired === undefined || (schema.enum !== undefined && !schema.enum.includes(repaired.value)))
    return false
  holder[last] = repaired.value
  const found = typeof node.value === 'string' ? `the text "${node.value}"` : `a ${typeof node.value}`
  report('definition/wrong-type', node, `\`${last}\` is ${found} here; it is read as ${repaired.text}.`, {
    severity: 'warning',
    hint: `Write \`${repaired.text}\`.`,
    path,
    fix: replaceText(`Write ${repaired.text}`, node, repaired.text),
  })
  return true
}

/** Where the value of an error stands in the data and in the tree. */
function place(
  error: SchemaError,
  data: unknown,
  tree: SourceNode,
): { path: DefinitionPath; holder?: Holder; last?: string | number; node?: SourceNode } {
  const path = fromPointer(error.instancePath, tree)
  const last = path.at(-1)
  const nodes = walkPath(tree, path)
  const node = nodes.length === path.length + 1 ? nodes.at(-1)?.node : undefined
  if (last === undefined || node === undefined) return { path }
  const holder = path.slice(0, -1).reduce<unknown>((value, part) => (value as Holder)[part], data) as Holder
  return { path, holder, last, node }
}
