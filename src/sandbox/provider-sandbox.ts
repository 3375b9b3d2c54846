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
  /** Closes the port and every connection; what is under way is broken off. */
  close(): Promise<void>
}

/** How one provider is emulated. */
export interface SandboxProvider {
  readonly connector: string
  readonly title: string
  /** Where its sandbox listens unless told otherwise, and where `--sandbox` looks. */
  readonly usualPort: number
  /** @throws {CliError} `sandbox/port-in-use` */
  start(options: { readonly port: number }): Promise<ProviderSandbox>
}
