import type { ChangeClass } from './change.ts'

/** What a difference means, and how it is said after the name of the thing. */
export interface Verdict {
  readonly class: ChangeClass
  /** Continues a sentence that began with the subject: `is new`. */
  readonly says: string
  /** The last part of the code: `input-removed`; by the key where it is left out. */
  readonly code?: string
}

/** How one key of the format is judged, in both directions. */
export interface Rule {
  readonly added: (value: unknown) => Verdict
  readonly removed: (value: unknown) => Verdict
  readonly changed: (before: unknown, after: unknown) => Verdict
  /** An absent value means the same as an empty one: its parts are judged, not its presence. */
  readonly container?: true
}

export type Rules = Readonly<Record<string, Rule>>

const verdict = (changeClass: ChangeClass, says: string, code?: string) => (): Verdict => ({
  class: changeClass,
  says,
  ...(code === undefined ? {} : { code }),
})

/** Three classes for three directions. */
export function judged(added: ChangeClass, removed: ChangeClass, changed: ChangeClass, code?: string): Rule {
  return {
    added: verdict(added, 'is new', code && `${code}-added`),
    removed: verdict(removed, 'is gone', code && `${code}-removed`),
    changed: (before, after) => ({
      class: changed,
      says: changeText(before, after),
      ...(code === undefined ? {} : { code: `${code}-changed` }),
    }),
  }
}

/** Words for people and agents: nothing that a call depends on. */
export const wording: Rule = judged('fix', 'fix', 'fix', 'wording')

/** How a call is carried out, with the same inputs and the same kind of result. */
export const behaviour: Rule = judged('fix', 'fix', 'fix', 'behaviour')

/** Any difference breaks callers. */
export const promise: Rule = judged('breaking', 'breaking', 'breaking')

/** More can be done once it is there, and no longer when it is gone. */
export const ability = (code?: string): Rule => judged('feature', 'breaking', 'fix', code)

/** What is refused once it is there: a limit on callers. */
export const limit: Rule = judged('breaking', 'feature', 'breaking')

/** Its parts are judged one by one. */
export const container: Rule = { ...behaviour, container: true }

/** A limit that is a number: which way it moved decides. */
export function bound(direction: 'lower' | 'upper'): Rule {
  return {
    added: verdict('breaking', 'is new'),
    removed: verdict('feature', 'is gone'),
    changed: (before, after) => {
      const tighter = direction === 'lower' ? Number(after) > Number(before) : Number(after) < Number(before)
      return { class: tighter ? 'breaking' : 'feature', says: changeText(before, after) }
    },
  }
}

/** A yes or no that is a limit on callers where it is yes; absent means no. */
export function demand(code: string): Rule {
  const judge = (after: unknown): Verdict =>
    after === true
      ? { class: 'breaking', says: 'is demanded now', code: `${code}-demanded` }
      : { class: 'feature', says: 'is no longer demanded', code: `${code}-freed` }
  return {
    added: (value) => (value === true ? judge(true) : behaviour.added(value)),
    removed: (value) => (value === true ? judge(false) : behaviour.removed(value)),
    changed: (_, after) => judge(after),
  }
}

/** A set of names: those gained and those lost are judged apart. */
export function names(gained: ChangeClass, lost: ChangeClass, code: string): Rule {
  const listed = (value: unknown): string[] =>
    typeof value === 'string'
      ? value.split(/[\s,]+/).filter(Boolean)
      : Array.isArray(value)
        ? value.map(textOf)
        : []
  const judge = (before: unknown, after: unknown): Verdict => {
    const [old, now] = [listed(before), listed(after)]
    const more = now.filter((name) => !old.includes(name))
    const fewer = old.filter((name) => !now.includes(name))
    if (more.length === 0 && fewer.length === 0)
      return { class: 'fix', says: 'is in another order', code: `${code}-order` }
    const says = [
      ...(more.length > 0 ? [`gains ${more.join(', ')}`] : []),
      ...(fewer.length > 0 ? [`loses ${fewer.join(', ')}`] : []),
    ].join(' and ')
    const breaks = (more.length > 0 && gained === 'breaking') || (fewer.length > 0 && lost === 'breaking')
    const adds = (more.length > 0 && gained === 'feature') || (fewer.length > 0 && lost === 'feature')
    return { class: breaks ? 'breaking' : adds ? 'feature' : 'fix', says, code: `${code}-changed` }
  }
  return {
    added: (value) => judge([], value),
    removed: (value) => judge(value, []),
    changed: judge,
  }
}

/** More scopes need the consent of everybody who is linked already. */
export const scopes: Rule = names('breaking', 'fix', 'scopes')

/**
 * An entry that people or callers fill in: a new one that must be given breaks all that was made without it.
 *
 * @param removed - what its end means
 */
export function entry(code: string, removed: Omit<Verdict, 'code'>): Rule {
  return {
    added: (value) =>
      typeof value === 'object' && value !== null && 'required' in value && value.required === true
        ? { class: 'breaking', says: 'is new and required', code: `${code}-added` }
        : { class: 'feature', says: 'is new', code: `${code}-added` },
    removed: () => ({ ...removed, code: `${code}-removed` }),
    changed: () => ({ class: 'fix', says: 'stands in another place', code: `${code}-moved` }),
  }
}

const longestValue = 60

/** From what to what, where both are short enough to help. */
export function changeText(before: unknown, after: unknown): string {
  const [from, to] = [textOf(before), textOf(after)]
  if (from.length > longestValue || to.length > longestValue) return 'is different'
  return `changed from ${from} to ${to}`
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? /^[\w./:-]+$/.test(value)
      ? value
      : JSON.stringify(value)
    : (JSON.stringify(value) ?? 'nothing')
}
