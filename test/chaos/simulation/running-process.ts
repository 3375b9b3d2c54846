import { createAnswerMemory } from '../../../src/engine/cache/answer-memory.ts'
import { type AnswerMemory, createFlow, createRenewalMemory, type Flow } from '../../../src/engine/index.ts'
import { type Clock, createTransport, type Gate, type Transport } from '../../../src/transport/index.ts'
import type { Tampering } from './tampering.ts'
import type { VirtualClock } from './virtual-clock.ts'
import { createVirtualNetwork, type NetworkParts } from './virtual-network.ts'
import type { VirtualProcess } from './virtual-store.ts'

/** A time in which a process is to leave a host alone for an account. */
export interface OpenTime {
  readonly process: number
  readonly account: string
  readonly fromMs: number
  readonly untilMs: number
}

/** One process of a simulated day, with all that a process keeps for itself. */
export interface RunningProcess extends VirtualProcess {
  readonly transport: Transport
  readonly flow: Flow
  readonly answers: AnswerMemory
  /** What has not come to its end: requests, places, turns in line, timers. */
  leftBehind(): number
}

export interface ProcessParts extends Pick<NetworkParts, 'provider' | 'script' | 'traffic' | 'outage'> {
  readonly clock: VirtualClock
  readonly number: number
  readonly random: () => number
  readonly openTimes: OpenTime[]
  readonly tampering: Tampering | undefined
}

/** Opens soon, so that short days have some of it. */
const circuit = { failures: 4, windowMs: 20_000, openMs: 4_000, longestOpenMs: 16_000 }

export function startProcess(parts: ProcessParts): RunningProcess {
  const { clock, number, random, openTimes, tampering } = parts
  const process = { alive: true, memory: createRenewalMemory() }
  const timers = new Set<object>()
  const own: Clock = {
    now: () => clock.now(),
    schedule(callback, delayMs) {
      const timer = {}
      timers.add(timer)
      const cancel = clock.schedule(() => {
        timers.delete(timer)
        if (process.alive) callback()
      }, delayMs)
      return () => {
        timers.delete(timer)
        cancel()
      }
    },
  }
  // The network goes on when a process dies.
  const { client, underWay } = createVirtualNetwork({
    ...parts,
    process: number,
    isAlive: () => process.alive,
  })
  const flow = createFlow({
    clock: own,
    random,
    circuit,
    onCircuit({ state, account = '', retryAfterMs = 0 }) {
      if (state === 'opened')
        openTimes.push({
          process: number,
          account,
          fromMs: clock.now(),
          untilMs: clock.now() + retryAfterMs,
        })
    },
  })
  return Object.assign(process, {
    transport: createTransport({ client, clock: own, random }),
    flow: { ...flow, gate: (caller: Parameters<Flow['gate']>[0]) => tampered(flow.gate(caller), tampering) },
    answers: createAnswerMemory(),
    leftBehind() {
      const { running, waiting } = flow.state()
      return running + waiting + underWay() + timers.size
    },
  })
}

function tampered(gate: Gate, tampering: Tampering | undefined): Gate {
  if (tampering === 'circuit-ignored')
    return {
      mayRepeat: () => true,
      enter(request, patience) {
        try {
          return gate.enter(request, patience)
        } catch {
          return { leave() {} }
        }
      },
    }
  if (tampering === 'place-kept')
    return {
      mayRepeat: (request) => gate.mayRepeat(request),
      async enter(request, patience) {
        const pass = await gate.enter(request, patience)
        return { leave: (end) => 'status' in end && pass.leave(end) }
      },
    }
  return gate
}
