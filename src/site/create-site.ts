import type { ConnectorSummary } from '../catalog/index.ts'
import { readStylesheet, themeCss } from '../ui/index.ts'
import { connectorPage } from './connector-page.ts'
import { indexPage, type ListedConnector } from './index-page.ts'
import { readScript } from './read-script.ts'
import { searchEntry } from './search-entry.ts'

/** A file of the site, by its path from the site's folder. */
export interface SiteFile {
  readonly path: string
  readonly content: string
}

/** Takes connectors one by one, so that none has to stay in memory. */
export interface SiteWriter {
  /** The page of a connector. */
  add(connector: ConnectorSummary): SiteFile
  /** Everything else, once all connectors were added. */
  finish(): Promise<readonly SiteFile[]>
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#3a56c5"/><path d="M12 12.5a1 1 0 0 0 1-1.3c-.4-1.4-3.8-1.2-4 1.3-.2 2.8 2 4.3 4.2 4 3.2-.4 4.6-3.3 4.2-6C16.9 7 14 5.1 10.7 5.7 6.6 6.4 4.3 10 5 14c.7 3.7 3.7 6 7.4 6 1.9 0 3.6-.6 5-1.7" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>\n'

/**
 * A catalog as pages that need no server: every address is relative, and what the search reads is a script, since a
 * page from a disk may fetch nothing. The same connectors give the same bytes.
 */
export function createSite(): SiteWriter {
  const listed: ListedConnector[] = []
  const entries: ReturnType<typeof searchEntry>[] = []
  const taken = new Set<string>()
  return {
    add(connector) {
      const href = `connectors/${freeName(connector.key, taken)}.html`
      const { key, title, description, icon: logo, actions } = connector
      listed.push({
        key,
        title,
        href,
        description: description ?? '',
        actionCount: actions.length,
        ...(logo === undefined ? {} : { icon: logo }),
      })
      entries.push(searchEntry(connector, href))
      return { path: href, content: String(connectorPage(connector)) }
    },
    async finish() {
      const [css, search, connector] = await Promise.all([
        readStylesheet(),
        readScript('search-page'),
        readScript('connector-page'),
      ])
      // A line a connector: a change of one is a change of one line.
      const data = entries.map((entry) => `${JSON.stringify(entry)},\n`).join('')
      return [
        { path: 'index.html', content: String(indexPage(listed)) },
        { path: 'assets/catalog.css', content: `${themeCss({ light: null, dark: null })}\n${css}` },
        { path: 'assets/icon.svg', content: icon },
        { path: 'assets/search-data.js', content: `globalThis.mainspringCatalog = [\n${data}]\n` },
        { path: 'assets/search.js', content: search },
        { path: 'assets/connector.js', content: connector },
      ]
    },
  }
}

/** File systems that ignore case would put two pages into one file; a key that is no file name becomes one. */
function freeName(key: string, taken: Set<string>): string {
  const stem = key.replace(/[^\w-]/g, '_') || '_'
  let name = stem
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${stem}-${number}`
  taken.add(name.toLowerCase())
  return name
}
