import {
  type ActionRanking,
  type ActionSummary,
  type Catalog,
  type ConnectorSummary,
  createActionRanking,
} from '../../catalog/index.ts'
import type { EffectivePolicy } from '../policies/effective-policy.ts'

/** A connector with those of its actions that a caller may use. */
export interface ActionGroup {
  readonly connector: ConnectorSummary
  readonly actions: readonly ActionSummary[]
}

export interface FoundAction {
  readonly connectorKey: string
  readonly action: ActionSummary
  /** 0 to 1. */
  readonly similarity: number
}

/** The actions of the catalog as data, for lists and searches: nothing is compiled for them. */
export interface ActionDirectory {
  /** By the connector's key; those without an action left are left out. */
  groups(
    policy: EffectivePolicy,
    filter: { readonly connectors?: readonly string[]; readonly actionIds?: readonly string[] },
  ): Promise<readonly ActionGroup[]>
  /** Best first; ranked by words, locally. */
  search(
    policy: EffectivePolicy,
    query: string,
    options: { readonly connector?: string; readonly topK: number; readonly minSimilarity: number },
  ): Promise<{ readonly found: readonly FoundAction[]; readonly total: number }>
}

export function createActionDirectory(catalog: Catalog): ActionDirectory {
  let described: Promise<readonly ConnectorSummary[]> | undefined
  const rankings = new Map<string, ActionRanking<ActionSummary>>()

  const all = () => {
    described ??= describeAll(catalog)
    described.catch(() => {
      described = undefined
    })
    return described
  }
  const rankingOf = (name: string, connectors: readonly ConnectorSummary[]) => {
    const known = rankings.get(name)
    if (known !== undefined) return known
    const offered = connectors.flatMap((connector) =>
      connector.actions.map((action) => ({ connector, action })),
    )
    const made = createActionRanking(offered)
    rankings.set(name, made)
    return made
  }

  /** What a summary does not tell of an action, its methods, is looked up in the plan. */
  const offersOf = async (policy: EffectivePolicy, connectors: readonly ConnectorSummary[]) => {
    if (!policy.limitsMethods) return policy.offers
    const plans = await Promise.all(connectors.map(({ key }) => catalog.connector(key)))
    const byKey = new Map(plans.map((plan) => [plan.key, plan]))
    return (key: string, action: ActionSummary) =>
      policy.offers(key, byKey.get(key)?.actionsById[action.id] ?? action)
  }

  return {
    async groups(policy, { connectors, actionIds }) {
      const wanted = (await all()).filter(({ key }) => connectors === undefined || connectors.includes(key))
      const offers = await offersOf(policy, wanted)
      return wanted.flatMap((connector) => {
        const actions = connector.actions.filter(
          (action) =>
            (actionIds === undefined ||
              actionIds.includes(action.qualifiedId) ||
              actionIds.includes(action.id)) &&
            offers(connector.key, action),
        )
        return actions.length === 0 ? [] : [{ connector, actions }]
      })
    },

    async search(policy, query, { connector: key, topK, minSimilarity }) {
      const connectors = (await all()).filter((connector) => key === undefined || connector.key === key)
      const keyOf = new Map(
        connectors.flatMap((connector) =>
          connector.actions.map((action) => [action.qualifiedId, connector.key] as const),
        ),
      )
      const offers = await offersOf(policy, connectors)
      const ranked = rankingOf(key ?? '', connectors).rank(query, keyOf.size)
      const found = ranked.flatMap(({ action, similarity }) => {
        const connectorKey = keyOf.get(action.qualifiedId)
        const shown =
          connectorKey !== undefined && similarity >= minSimilarity && offers(connectorKey, action)
        return shown ? [{ connectorKey, action, similarity }] : []
      })
      return { found: found.slice(0, topK), total: found.length }
    },
  }
}

async function describeAll(catalog: Catalog): Promise<readonly ConnectorSummary[]> {
  const usable = (await catalog.listings()).filter(({ connector }) => connector !== null)
  const described = await Promise.all(usable.map(({ key }) => catalog.describe(key)))
  return described.sort((a, b) => (a.key < b.key ? -1 : 1))
}
