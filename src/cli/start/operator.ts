import { userInfo } from 'node:os'

/** Who works on a hub's database from the command line, for its audit. */
export function operator(): { readonly kind: 'operator'; readonly id: string } {
  return { kind: 'operator', id: userInfo().username }
}
