import { includes, includesSome, keys, values } from './collections.ts'
import { hasPassed, nextAnniversary, now, yearsElapsed } from './dates.ts'
import { encodeBase64 } from './encode-base64.ts'
import { epochToIso } from './epoch-to-iso.ts'
import type { ExpressionFunction } from './expression-function.ts'
import { missing, present } from './presence.ts'

export type { ExpressionFunction } from './expression-function.ts'

const all = [
  present,
  missing,
  keys,
  values,
  includes,
  includesSome,
  now,
  nextAnniversary,
  yearsElapsed,
  hasPassed,
  encodeBase64,
  epochToIso,
]

/** Every function of the language by its name; case matters. */
export const functions: ReadonlyMap<string, ExpressionFunction> = new Map(
  all.map((each) => [each.name, each]),
)

/** The names of the functions, in the order of the reference. */
export const functionNames: readonly string[] = Object.freeze([...functions.keys()])
