import { answers } from './answers.ts'
import { authority } from './authority.ts'
import { definitions } from './definitions.ts'
import { expressions } from './expressions.ts'
import { headers } from './headers.ts'
import { prototypes } from './names.ts'
import { network } from './network.ts'
import { paths } from './paths.ts'
import type { Entrance } from './refusal.ts'

export type { Entrance, Refusal, World } from './refusal.ts'

/** Everything hostile that is tried, by where it enters. `docs/reference/refusals.md` is made from it. */
export const entrances: readonly Entrance[] = [
  ...authority,
  ...paths,
  ...headers,
  ...prototypes,
  ...expressions,
  ...definitions,
  ...network,
  ...answers,
]
