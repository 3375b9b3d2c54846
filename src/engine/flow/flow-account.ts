import type { AccountLane } from './account-lane.ts'
import type { BoundedMap } from './bounded-map.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { CircuitPlace } from './flow-caller.ts'

/** One account of a connector. */
export interface FlowAccount {
  readonly lane: AccountLane
  readonly circuits: BoundedMap<string, HostCircuit>
  readonly connector: string
  readonly account: string | undefined
}

export interface HostCircuit {
  readonly breaker: CircuitBreaker
  readonly place: CircuitPlace
}
