import type { Transport } from '../../transport/index.ts'
import { createFlow, type Flow } from './flow.ts'

// Who shares connections shares what bounds their use.
const flows = new WeakMap<Transport, Flow>()

/** The flow of runs that bring none. */
export function flowOfTransport(transport: Transport): Flow {
  let flow = flows.get(transport)
  if (flow === undefined) {
    flow = createFlow()
    flows.set(transport, flow)
  }
  return flow
}
