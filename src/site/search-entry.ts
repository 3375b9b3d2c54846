import type { ConnectorListing } from '../catalog/index.ts'

/** What the search knows of a connector; short, since all of them are loaded at once. */
export interface SearchEntry {
  readonly key: string
  readonly title: string
  readonly description: string
  readonly href: string
  /** Id, label, categories and description of each action. */
  readonly actions: readonly (readonly [id: string, label: string, categories: string, description: string])[]
}

const maxDescription = 240

export function searchEntry(connector: ConnectorListing, href: string): SearchEntry {
  const { key, title, description = '', actions } = connector
  return {
    key,
    title,
    description: description.slice(0, maxDescription),
    href,
    actions: actions.map((action) => [
      action.qualifiedId,
      action.label,
      action.categories.join(' '),
      action.description.slice(0, maxDescription),
    ]),
  }
}
