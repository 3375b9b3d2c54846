import type { HubServices } from '../../services.ts'

export interface ConnectorName {
  readonly key: string
  readonly title: string
  readonly icon?: string
}

export interface ConnectorNames {
  readonly all: readonly ConnectorName[]
  /** A connector that is not in the catalog any more goes by its key. */
  of(key: string): ConnectorName
}

export async function connectorNames({ catalog }: Pick<HubServices, 'catalog'>): Promise<ConnectorNames> {
  const all = (await catalog.listings()).flatMap(({ connector }) =>
    connector === null ? [] : [nameOf(connector)],
  )
  const byKey = new Map(all.map((name) => [name.key, name]))
  return { all, of: (key) => byKey.get(key) ?? { key, title: key } }
}

export function nameOf({ key, title, icon }: ConnectorName): ConnectorName {
  return { key, title, ...(icon === undefined ? {} : { icon }) }
}
