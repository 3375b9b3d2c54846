import type { SandboxProvider } from '../provider-sandbox.ts'

/** The library that executes GraphQL is loaded where it is needed alone. */
export const linearProvider: SandboxProvider = {
  connector: 'linear',
  title: 'Linear',
  usualPort: 4103,
  start: async (options) => (await import('./linear-sandbox.ts')).startLinearSandbox(options),
}
