import type { ActionListing, ConnectorListing } from './listing.ts'

/** An action that a search found. */
export interface SearchHit {
  readonly connector: ConnectorListing
  readonly action: ActionListing
  /** Higher is nearer; only the order means something. */
  readonly score: number
}

/**
 * The actions that hold every word of the text, best first: a word counts most in the action's id and label, less
 * in the connector's title and the categories, least in the description. Equal ones keep the order of the definition.
 */
export function searchActions(connectors: readonly ConnectorListing[], text: string): readonly SearchHit[] {
  const words = wordsOf(text)
  if (words.length === 0) return []
  return connectors
    .flatMap((connector) => connector.actions.map((action) => ({ connector, action })))
    .map(({ connector, action }) => ({ connector, action, score: scoreOf(connector, action, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
}

function scoreOf(connector: ConnectorListing, action: ActionListing, words: readonly string[]): number {
  const fields: readonly (readonly [weight: number, text: string])[] = [
    [8, action.qualifiedId],
    [8, action.label],
    [4, connector.title],
    [3, action.categories.join(' ')],
    [2, action.description],
  ]
  const perWord = words.map((word) => sum(fields.map(([weight, field]) => weight * matchOf(word, field))))
  return perWord.every((score) => score > 0) ? sum(perWord) : 0
}

/** A whole word tells more than the start of one; anything else does not count. */
function matchOf(word: string, field: string): 0 | 1 | 2 {
  const candidates = wordsOf(field)
  if (candidates.includes(word)) return 2
  return candidates.some((candidate) => candidate.startsWith(word)) ? 1 : 0
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
