import { FieldFaults } from './field-errors.ts'

/** What the fields of one mapping share while they are compiled. */
export interface MappingCompilation {
  readonly faults: FieldFaults
  /** Tables that a matcher needs, loaded before the mapping first runs. */
  readonly loads: Set<() => Promise<void>>
}

export function startMapping(): MappingCompilation {
  return { faults: new FieldFaults(), loads: new Set() }
}
