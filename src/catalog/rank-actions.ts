import { createRequire } from 'node:module'
import type { ActionPlan, ConnectorPlan } from '../plan/index.ts'

const load = createRequire(import.meta.url)

/** What is searched of an action. */
export type RankableAction = Pick<ActionPlan, 'id' | 'qualifiedId' | 'label' | 'description' | 'inputs'>

/** An action and how near it is to a request in words. */
export interface RankedAction<Action extends RankableAction = ActionPlan> {
  readonly action: Action
  /** 0 to 1: the share of the best possible match among these actions. */
  readonly similarity: number
}

/** A request in words against many actions: every word may help, none has to match. */
export interface ActionRanking<Action extends RankableAction = ActionPlan> {
  rank(query: string, topK: number): readonly RankedAction<Action>[]
}

export interface RankedFrom<Action extends RankableAction> {
  readonly connector: Pick<ConnectorPlan, 'key' | 'title'>
  readonly action: Action
}

/**
 * An index of these actions, ranked by BM25 over names, texts and inputs, with typing slips and beginnings of words
 * forgiven. Local and without a model, so that the same words always find the same actions.
 */
export function createActionRanking<Action extends RankableAction>(
  offered: readonly RankedFrom<Action>[],
): ActionRanking<Action> {
  const byId = new Map(offered.map(({ action }) => [action.qualifiedId, action]))
  // Loaded by whoever ranks: most commands do not.
  const MiniSearch = load('minisearch') as typeof import('minisearch').default
  const index = new MiniSearch({
    idField: 'id',
    fields: ['name', 'label', 'connector', 'description', 'inputs'],
    processTerm: (term) => (stopWords.has(term.toLowerCase()) ? null : stem(term.toLowerCase())),
    searchOptions: {
      boost: { name: 4, label: 3, connector: 1, description: 1, inputs: 0.5 },
      prefix: (term) => term.length > 3,
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
    },
  })
  index.addAll(
    offered.map(({ connector, action }) => ({
      id: action.qualifiedId,
      name: action.id.replaceAll('_', ' '),
      label: action.label,
      connector: `${connector.key} ${connector.title}`,
      description: action.description,
      inputs: action.inputs.map(({ name }) => name.replaceAll('_', ' ')).join(' '),
    })),
  )
  return {
    rank(query, topK) {
      const hits = index.search(query)
      const best = hits[0]?.score ?? 1
      return hits.slice(0, topK).flatMap(({ id, score, terms, queryTerms }) => {
        const action = byId.get(String(id))
        // A hit on one word of four is not as sure as a hit on all of them.
        const covered =
          new Set(terms.length > 0 ? queryTerms : []).size / Math.max(1, new Set(wordsOf(query)).size)
        const similarity = Math.min(1, (score / best) * Math.min(1, covered))
        return action === undefined ? [] : [{ action, similarity: Math.round(similarity * 1000) / 1000 }]
      })
    },
  }
}

function wordsOf(query: string): string[] {
  return (query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !stopWords.has(word))
}

/** Plurals and common endings: `people notes` and `note` are the same word for a search. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ies)$/, 'y').replace(/(?<=[^s])s$/, '') : word
}

const stopWords = new Set(
  'a an and are as at by for from in into is it of on or the to with all me my'.split(' '),
)
