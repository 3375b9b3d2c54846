import { checkFaultRule } from './check.ts'
import { type Fault, type FaultRule, listFaults } from './rule.ts'

/** What a rule is matched against. */
export interface FaultTarget {
  readonly method: string
  /** Below `/v3.0/<firm_name>`, as sent. */
  readonly path: string
  readonly paged: boolean
}

interface ActiveRule {
  readonly rule: FaultRule
  readonly pattern: RegExp | null
  seen: number
  struck: number
}

/** A fault that strikes, and how often its rule has struck now. */
export interface Strike {
  readonly fault: Fault
  readonly count: number
}

/** The rules in force. At most one strikes a request: the first that matches and is due. */
export class FaultRules {
  #active: readonly ActiveRule[] = []

  /** @throws {CliError} `cli/usage` */
  set(rules: readonly FaultRule[]): void {
    this.#active = rules.map((given) => {
      const rule = checkFaultRule(given)
      return { rule, pattern: patternOf(rule.match?.path), seen: 0, struck: 0 }
    })
  }

  strike(target: FaultTarget): Strike | null {
    for (const active of this.#active) {
      const { rule } = active
      if (!matches(active, target)) continue
      active.seen += 1
      if (active.seen <= (rule.after ?? 0) || active.struck === rule.times) continue
      active.struck += 1
      return { fault: rule.fault, count: active.struck }
    }
    return null
  }
}

function matches({ rule, pattern }: ActiveRule, { method, path, paged }: FaultTarget): boolean {
  if (listFaults.has(rule.fault.kind) && !paged) return false
  const wanted = rule.match?.method
  if (wanted !== undefined && wanted.toUpperCase() !== method) return false
  // `search` starts anew each time, also for an expression with the flag g.
  return pattern === null || path.search(pattern) !== -1
}

function patternOf(path: string | RegExp | undefined): RegExp | null {
  if (path === undefined || path instanceof RegExp) return path ?? null
  const [, start = '', middle = '', end = ''] = /^(\^?)(.*?)(\$?)$/s.exec(path) ?? []
  return new RegExp(start + middle.split('*').map(escaped).join('[^/]*') + end)
}

const escaped = (text: string): string => text.replace(/[\\^$.+?()[\]{}|]/g, '\\$&')
