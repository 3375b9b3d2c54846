import type {
  CredentialSource,
  CredentialState,
  RenewalMemory,
  StoredCredentials,
} from '../../../src/engine/index.ts'
import type { Tampering } from './tampering.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** A process that plays a part: what it does after its death does not happen. */
export interface VirtualProcess {
  alive: boolean
  readonly memory: RenewalMemory
}

interface Lease {
  readonly holder: VirtualProcess
  readonly release: () => void
}

/** What a step of the store takes: long enough that a process is often killed in the middle of one. */
const storeMs = 15

/** One account's credentials, as the hub's store keeps them: versions, a record written ahead, a lease with a fence. */
export class VirtualStore {
  readonly #key: string
  readonly #clock: VirtualClock
  #state: StoredCredentials
  #recorded: { readonly next: CredentialState; readonly replaced: string | number } | undefined
  #lease: Lease | undefined
  #interrupted = false
  readonly #waiting: (() => void)[] = []

  constructor(key: string, clock: VirtualClock, state: StoredCredentials) {
    this.#key = key
    this.#clock = clock
    this.#state = state
  }

  get state(): StoredCredentials {
    return this.#state
  }

  /** What is kept, as somebody would read it who starts now. */
  get latest(): CredentialState {
    return this.#recorded?.replaced === this.#state.version ? this.#recorded.next : this.#state
  }

  /** The lease of a dead process runs out. */
  expire(): void {
    if (this.#lease === undefined || this.#lease.holder.alive) return
    this.#interrupted = true
    this.#lease.release()
  }

  sourceFor(process: VirtualProcess, tampering?: Tampering): CredentialSource {
    const step = async () => {
      await this.#clock.sleep(storeMs)
      // Whoever is dead waits for ever.
      if (!process.alive) await new Promise(() => {})
    }
    const holds = () => tampering === 'no-lease' || this.#lease?.holder === process
    return {
      key: this.#key,
      memory: process.memory,
      read: async () => {
        await step()
        if (holds() && this.#recorded !== undefined) {
          const { next, replaced } = this.#recorded
          if (replaced === this.#state.version) this.#state = { ...next, version: Number(replaced) + 1 }
          this.#recorded = undefined
        }
        return this.#state
      },
      record: async (next, { version }) => {
        // A transaction is there or it is not: a kill finds one or the other, and this instant is the only one in which
        // an answer that has come can still be lost.
        if (process.alive && tampering !== 'nothing-recorded') this.#recorded = { next, replaced: version }
        await step()
      },
      update: async (next, expected) => {
        await step()
        if (!holds() || this.#state.version !== expected) return undefined
        if (next.reconnectNeeded === undefined) this.#recorded = undefined
        this.#state = { ...next, version: Number(expected) + 1 }
        return this.#state
      },
      exclusively: async (work) => {
        await step()
        if (tampering === 'no-lease') return work({ interrupted: false })
        while (this.#lease !== undefined) await new Promise<void>((resolve) => this.#waiting.push(resolve))
        const lease: Lease = {
          holder: process,
          release: () => {
            if (this.#lease !== lease) return
            this.#lease = undefined
            this.#waiting.shift()?.()
          },
        }
        this.#lease = lease
        const interrupted = this.#interrupted
        this.#interrupted = false
        try {
          return await work({ interrupted })
        } finally {
          if (process.alive) lease.release()
        }
      },
    }
  }
}
