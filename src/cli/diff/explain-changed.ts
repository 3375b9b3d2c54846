import type { CatalogComparison } from '../../compat/index.ts'
import { MainspringError } from '../../errors/index.ts'
import type { ConnectorPlan, LoadedConnector } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'

type Model = NonNullable<LoadedConnector['model']>

/** An action that changed, and what it would send now; `why` where that cannot be said. */
export interface ExplainedChange {
  readonly action: string
  readonly requests?: string
  readonly why?: string
}

/** The requests of the new versions of actions that changed or are new, with sample inputs. Nothing is sent. */
export async function explainChanged(
  { rooms }: CommandContext,
  { changed }: CatalogComparison,
  now: readonly Model[],
  shownPath: (file: string) => string,
): Promise<readonly ExplainedChange[]> {
  const { compileConnector, sampleInputs, renderHttp } = await rooms.plan()
  const { explainAction } = await rooms.engine()
  return changed.flatMap(({ connector, changes }) => {
    const model = now.find(({ key }) => key === connector)
    if (model === undefined) return []
    const plan: ConnectorPlan = compileConnector(model)
    const ids = new Set(
      changes.flatMap(({ action, class: kind, code }) =>
        action === undefined || (kind === 'fix' && code === 'compat/wording-changed') ? [] : [action],
      ),
    )
    return plan.actions
      .filter(({ id }) => ids.has(id))
      .map((action): ExplainedChange => {
        try {
          const { requests } = explainAction(plan, action.id, {
            inputs: sampleInputs(action),
            allowPreview: true,
            allowWrites: true,
          })
          return { action: action.qualifiedId, requests: renderHttp(requests, shownPath).trimEnd() }
        } catch (error) {
          if (!(error instanceof MainspringError)) throw error
          return { action: action.qualifiedId, why: error.message }
        }
      })
  })
}
