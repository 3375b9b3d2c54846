import { isRecord } from '../../http/index.ts'
import type { PreparedCall } from '../../plan/index.ts'
import type { FreshCredentials } from './fresh-credentials.ts'

/** Looks for a new refresh token in what a refresh action has got so far. */
export interface RotationWatch {
  /** For the run of the action: nothing more is sent before a new token was handed on. */
  readonly session: FreshCredentials
  /** @returns whether there is a new token; handed on by then */
  look(): Promise<boolean>
}

/**
 * Watches the steps of a refresh action. The token is told from other keys by its name: of the rest nobody knows
 * whether a step that is still to come completes them.
 */
export function watchRotation(
  call: PreparedCall,
  credentials: Readonly<Record<string, unknown>>,
  onRotated: (refreshToken: string) => Promise<void>,
): RotationWatch {
  const { refreshToken: former } = credentials
  let known = former
  const look = async () => {
    const refreshToken = tokenSoFar(call)
    if (refreshToken !== undefined && refreshToken !== known) {
      known = refreshToken
      await onRotated(refreshToken)
    }
    return known !== former
  }
  return {
    look,
    session: {
      async freshen() {
        await look()
        return undefined
      },
      replaceRejected: async () => false,
    },
  }
}

/** The result of the action is read early: what it reads of steps that have not run is not there yet. */
function tokenSoFar({ action, context }: PreparedCall): string | undefined {
  let value: unknown
  try {
    value = action.result(context)
  } catch {
    return undefined
  }
  const data = isRecord(value) && Object.hasOwn(value, 'data') ? value['data'] : value
  const found = isRecord(data) ? data['refreshToken'] : undefined
  return typeof found === 'string' && found !== '' ? found : undefined
}
