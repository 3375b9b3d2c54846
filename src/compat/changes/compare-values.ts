import { isDeepStrictEqual } from 'node:util'
import type { DefinitionPath, FormatSchema } from '../../definition/index.ts'
import { isRecord } from '../../http/index.ts'
import type { ChangeClass } from './change.ts'
import { behaviour, type Verdict } from './rule.ts'
import { ruleOf } from './rules/index.ts'
import { identityOf, type Shape, shapeOf } from './schema-shape.ts'
import { type Crumb, nameOf } from './subject.ts'

/** A difference with its paths in both definitions; a path is absent where the value is. */
export interface Difference {
  readonly subject: string
  readonly code: string
  readonly class: ChangeClass
  readonly message: string
  readonly crumbs: readonly Crumb[]
  readonly before?: DefinitionPath
  readonly after?: DefinitionPath
}

/** Where two values are being compared. */
export interface ComparedPlace {
  readonly before: DefinitionPath
  readonly after: DefinitionPath
  readonly crumbs: readonly Crumb[]
  /** The key of the format whose value is compared. */
  readonly subject: string
  /** Within the function of a step. */
  readonly inStepFunction: boolean
}

type Direction = 'added' | 'removed' | 'changed'

/** Every difference between two values of one schema, judged. */
export function compareValues(
  schema: FormatSchema,
  before: unknown,
  after: unknown,
  place: ComparedPlace,
): Difference[] {
  if (isDeepStrictEqual(before, after)) return []
  const [old, now] = [shapeOf(schema, before), shapeOf(schema, after)]
  if (Array.isArray(before) && Array.isArray(after) && old.schema.items !== undefined)
    return compareLists(old.schema.items, before, after, place)
  if (!isRecord(before) || !isRecord(after) || old.name !== now.name)
    return [judge(place, 'changed', before, after)]
  if (now.schema.properties !== undefined) return compareObjects(now, before, after, place)
  if (isRecord(now.schema.additionalProperties))
    return compareMaps(now.schema.additionalProperties as FormatSchema, before, after, place)
  return [judge(place, 'changed', before, after)]
}

function compareObjects(
  { name = 'Connector', schema }: Shape,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  place: ComparedPlace,
): Difference[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) => {
    const inner: ComparedPlace = {
      ...place,
      before: [...place.before, key],
      after: [...place.after, key],
      subject: `${name}.${key}`,
      inStepFunction: place.inStepFunction || (name === 'Step' && key.startsWith('stepFunction')),
    }
    // A key that the format does not know has no effect, so neither has its change.
    const property = schema.properties?.[key]
    return property === undefined ? [] : compareMembers(property, before[key], after[key], inner)
  })
}

/** Entries of a map by their own names, such as the methods of authentication. */
function compareMaps(
  schema: FormatSchema,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  place: ComparedPlace,
): Difference[] {
  const name = shapeOf(schema, undefined).name
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    compareMembers(schema, before[key], after[key], {
      ...place,
      before: [...place.before, key],
      after: [...place.after, key],
      ...(name === undefined ? {} : { subject: `${name}[]` }),
      // An entry of the list of authentication methods is known by the one key of its map already.
      ...(place.crumbs.at(-1)?.id === key || name === undefined
        ? {}
        : { crumbs: [...place.crumbs, { definition: name, id: key }] }),
    }),
  )
}

function compareMembers(
  schema: FormatSchema,
  before: unknown,
  after: unknown,
  place: ComparedPlace,
): Difference[] {
  if (before !== undefined && after !== undefined) return compareValues(schema, before, after, place)
  if (before === after) return []
  const isContainer = ruleOf(place.subject, place.inStepFunction)?.container === true
  const given = before ?? after
  if (isContainer && (isRecord(given) || Array.isArray(given))) {
    const nothing = Array.isArray(given) ? [] : {}
    return before === undefined
      ? compareValues(schema, nothing, after, { ...place, before: place.before.slice(0, -1) })
      : compareValues(schema, before, nothing, { ...place, after: place.after.slice(0, -1) })
  }
  return [judge(place, before === undefined ? 'added' : 'removed', before, after)]
}

function compareLists(
  items: FormatSchema,
  before: readonly unknown[],
  after: readonly unknown[],
  place: ComparedPlace,
): Difference[] {
  const name = shapeOf(items, before[0] ?? after[0]).name
  const isObjectList = [...before, ...after].some(isRecord)
  if (!isObjectList || name === undefined) return [judge(place, 'changed', before, after)]
  const listName = items.$ref?.replace('#/definitions/', '') ?? name
  const [old, now] = [entriesOf(listName, before), entriesOf(listName, after)]
  const at = (id: string, was: Entry | undefined, is: Entry | undefined): ComparedPlace => ({
    ...place,
    before: [...place.before, ...(was === undefined ? [] : [was.index])],
    after: [...place.after, ...(is === undefined ? [] : [is.index])],
    crumbs: [...place.crumbs, { definition: listName, id }],
    subject: `${listName === 'AuthenticationEntry' ? 'AuthenticationMethod' : listName}[]`,
  })
  const renamed = findRenamed(listName, old, now)
  const kept = [...new Set([...old.keys(), ...now.keys()])].filter(
    (id) => !renamed.some((pair) => pair.includes(id)),
  )
  const differences = [
    ...renamed.map(([from, to]) => renaming(at(from, old.get(from), now.get(to)), to)),
    ...kept.flatMap((id) =>
      compareMembers(items, old.get(id)?.value, now.get(id)?.value, at(id, old.get(id), now.get(id))),
    ),
  ]
  if (differences.length > 0) return differences
  // The same entries in another order: for steps that is another way of doing things.
  return [{ ...judge(place, 'changed', 'one order', 'another'), class: 'fix' as const }]
}

interface Entry {
  readonly value: unknown
  readonly index: number
}

/** Entries that are equal in all but their name: what callers know under one name has another. */
function findRenamed(
  name: string,
  old: ReadonlyMap<string, Entry>,
  now: ReadonlyMap<string, Entry>,
): readonly (readonly [from: string, to: string])[] {
  const key = renamable[name]
  if (key === undefined) return []
  const gone = [...old].filter(([id]) => !now.has(id))
  const fresh = [...now].filter(([id]) => !old.has(id))
  return gone.flatMap(([from, { value }]) => {
    const twin = fresh.find(([, candidate]) =>
      isDeepStrictEqual(without(value, key), without(candidate.value, key)),
    )
    return twin === undefined ? [] : [[from, twin[0]] as const]
  })
}

const renamable: Readonly<Record<string, string>> = {
  Action: 'actionId',
  Input: 'name',
  FieldConfig: 'targetFieldKey',
  ConfigField: 'key',
}

function without(value: unknown, key: string): unknown {
  return isRecord(value) ? { ...value, [key]: undefined } : value
}

function renaming(place: ComparedPlace, to: string): Difference {
  const code = dashed(place.subject)
  const verdict = { class: 'breaking', says: `has another name: "${to}"`, code: `${code}-renamed` } as const
  return {
    subject: place.subject,
    code: `compat/${verdict.code}`,
    class: verdict.class,
    message: sentence(place.subject, place.crumbs, verdict),
    crumbs: place.crumbs,
    before: place.before,
    after: place.after,
  }
}

function entriesOf(name: string, list: readonly unknown[]): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const [index, value] of list.entries()) {
    const own = identityOf(name, value)
    const id = own === undefined || entries.has(own) ? `${own ?? ''}#${index + 1}` : own
    entries.set(id, { value, index })
  }
  return entries
}

function judge(place: ComparedPlace, direction: Direction, before: unknown, after: unknown): Difference {
  const { subject, crumbs } = place
  const rule = ruleOf(subject, place.inStepFunction) ?? behaviour
  const verdict =
    direction === 'added'
      ? rule.added(after)
      : direction === 'removed'
        ? rule.removed(before)
        : rule.changed(before, after)
  return {
    subject,
    code: `compat/${verdict.code ?? `${dashed(subject)}-${direction}`}`,
    class: verdict.class,
    message: sentence(subject, crumbs, verdict),
    crumbs,
    ...(direction === 'added' ? {} : { before: place.before }),
    ...(direction === 'removed' ? {} : { after: place.after }),
  }
}

function sentence(subject: string, crumbs: readonly Crumb[], { says }: Verdict): string {
  const name = nameOf(crumbs)
  const whole = subject.endsWith('[]')
  const key = subject.slice(subject.indexOf('.') + 1)
  const text = whole
    ? `${name} ${says}`
    : name === ''
      ? `\`${key}\` ${says}`
      : `\`${key}\` of ${name} ${says}`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function dashed(subject: string): string {
  return subject
    .replace('[]', '')
    .replace('.', '-')
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '-')
    .toLowerCase()
}
