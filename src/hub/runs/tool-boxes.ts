import QuickLRU from 'quick-lru'
import { createToolBox, type ParameterStyle, type ToolBox, type ToolMode } from '../../mcp/index.ts'
import type { ConnectorPlan } from '../../plan/index.ts'
import { createId } from '../token.ts'
import { type Caller, callerName } from './caller.ts'
import type { RunService } from './runs.ts'

export interface ToolWish {
  readonly accountId: string
  readonly mode: ToolMode
  readonly style: ParameterStyle
}

/** What one caller can use of one account. */
export interface AccountTools {
  readonly toolBox: ToolBox
  readonly connector: ConnectorPlan
}

/** The tools of an account for an agent. Made once for a caller, account and policy; a run asks for everything anew. */
export interface ToolBoxService {
  /** @throws {HubError} `hub/account-unknown`, `hub/account-inactive` */
  of(caller: Caller, wish: ToolWish): Promise<AccountTools>
}

const maxKept = 500

export function createToolBoxes(runs: RunService): ToolBoxService {
  const kept = new QuickLRU<string, AccountTools>({ maxSize: maxKept })
  return {
    async of(caller, { accountId, mode, style }) {
      const { offered, policy, connector } = await runs.offer(caller, accountId)
      const name = JSON.stringify([
        caller.projectId,
        callerName(caller),
        accountId,
        mode,
        style,
        policy.fingerprint,
      ])
      const known = kept.get(name)
      if (known?.connector === connector) return known
      const toolBox = createToolBox(
        {
          offered: offered(),
          allowWrites: policy.allowPassthroughWrites,
          confirms: (action) => policy.confirmedBy(action) !== undefined,
          run: (action, inputs, { signal, observer, confirm }) =>
            runs.run(caller, {
              accountId,
              action: action.qualifiedId,
              inputs,
              source: 'mcp',
              requestId: createId('req'),
              signal,
              ...(observer === undefined ? {} : { observer }),
              ...(confirm === undefined ? {} : { confirm }),
            }),
        },
        mode,
        style,
      )
      const made = { toolBox, connector }
      kept.set(name, made)
      return made
    },
  }
}
