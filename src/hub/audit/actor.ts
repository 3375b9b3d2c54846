/** Who asks for a change. */
export type Actor =
  | { readonly kind: 'key'; readonly id: string }
  | { readonly kind: 'login'; readonly id: string }
  | { readonly kind: 'connect'; readonly id: string }
  /** Somebody at a command line of the hub's machine; the id is the name of the user there. */
  | { readonly kind: 'operator'; readonly id: string }
  | { readonly kind: 'system' }

/** As the audit names it: `key:key_4f…`. */
export function actorText(actor: Actor): string {
  return actor.kind === 'system' ? 'system' : `${actor.kind}:${actor.id}`
}
