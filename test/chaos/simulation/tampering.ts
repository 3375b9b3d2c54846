/** A guard that is taken away, to see that its absence is noticed. */
export type Tampering =
  | 'writes-look-unsent'
  | 'nothing-recorded'
  | 'no-lease'
  | 'no-budget'
  | 'row-dropped'
  | 'new-keys'
  | 'blind-look'
  | 'never-changed'
  | 'circuit-ignored'
  | 'abort-ignored'
  | 'place-kept'
