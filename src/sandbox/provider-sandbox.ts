import type { FaultRule } from './faults/rule.ts'

/** What some sandboxes can be started with. */
export interface SandboxTuning {
  /** The same seed gives the same data. */
  readonly seed?: number
  readonly firms?: number
  /** People of each firm. */
  readonly people?: number
  /** Lists of people declare their total. */
  readonly peopleMeta?: boolean
  readonly faults?: readonly FaultRule[]
}

/** A running emulator of one provider, on 127.0.0.1 alone: what every caller may know of it. */
export interface ProviderSandbox {
  /** Key of the connector whose provider it stands for. */
  readonly connector: string
  /** Name of the provider. */
  readonly title: string
  /** Such as `http://127.0.0.1:4100`. */
  readonly origin: string
  /** Of its first account, flat: what a person would enter, or the tokens that a consent would give. */
  readonly credentials: Readonly<Record<string, string>>
  /** What an operator has registered at the provider, such as a client id; empty where nothing is. */
  readonly setup: Readonly<Record<string, string>>
  /** Where it stands for several customers of the provider: what each of them would enter. */
  readonly firms?: readonly object[]
  /** Closes the port and every connection; what is under way is broken off. */
  close(): Promise<void>
}

/** How one provider is emulated. */
export interface SandboxProvider {
  readonly connector: string
  readonly title: string
  /** Where its sandbox listens unless told otherwise, and where `--sandbox` looks. */
  readonly usualPort: number
  /** What it takes beside the port; nothing where it is left out. */
  readonly tuning?: readonly (keyof SandboxTuning)[]
  /** @throws {CliError} `sandbox/port-in-use` */
  start(options: SandboxTuning & { readonly port: number }): Promise<ProviderSandbox>
}
