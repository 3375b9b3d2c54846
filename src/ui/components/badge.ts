import { type Html, html } from '../markup/index.ts'

export type BadgeKind = 'neutral' | 'success' | 'warning' | 'danger' | 'accent'

/** A word about a thing: its state in a word, never by colour alone. */
export function badge(kind: BadgeKind, text: string): Html {
  return html`<span class="badge badge-${kind}">${text}</span>`
}

/** Status of an account. */
export function statusBadge(status: string): Html {
  const known: Readonly<Record<string, readonly [BadgeKind, string]>> = {
    active: ['success', 'Active'],
    error: ['danger', 'Needs attention'],
    reconnect: ['danger', 'Re-connect needed'],
    inactive: ['neutral', 'Inactive'],
    starting: ['warning', 'Outcome unknown'],
    manual: ['neutral', 'Set up by hand'],
    pending: ['neutral', 'Under way'],
    done: ['success', 'Done'],
    failed: ['danger', 'Failed'],
  }
  const [kind, text] = known[status] ?? (['neutral', status] as const)
  return html`<span class="badge badge-${kind}"><span class="dot" aria-hidden="true"></span>${text}</span>`
}

/** Type of an account: a test account belongs to a sandbox and reaches no provider. */
export function typeBadge(type: string): Html {
  return type === 'test' ? badge('warning', 'Test · sandbox') : badge('neutral', 'Production')
}
