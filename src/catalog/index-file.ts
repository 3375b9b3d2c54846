import { type FileHandle, open } from 'node:fs/promises'
import { DefinitionError } from '../errors/index.ts'
import type { ConnectorListing, ConnectorSummary } from './listing.ts'

/*
 * The file is JSON Lines: a header, a line of each connector for lists and searches, and behind them a line of each
 * with everything. The former are read when the file is opened; the latter one by one, when somebody asks.
 */

/** First line of the file. */
interface Header {
  readonly mainspringCatalog: 2
  /** SHA-256 of all that follows. */
  readonly hash: string
  readonly connectors: number
  /** Bytes of the lines for lists. */
  readonly listingBytes: number
}

/** A connector of an index, as lists and searches need it. */
export interface IndexedConnector {
  /** From the folder of the index; slashes on every system. */
  readonly path: string
  /** SHA-256 over the files of the connector. */
  readonly hash: string
  /** Offset and length in bytes of its whole summary, from the first summary. */
  readonly summary: readonly [offset: number, length: number]
  readonly connector: ConnectorListing
}

/** An index that is open for reading. */
export interface CatalogIndex {
  /** The hash of the header. */
  readonly hash: string
  readonly connectors: readonly IndexedConnector[]
  readSummary(connector: IndexedConnector): Promise<ConnectorSummary>
}

const longestHeader = 400

/** @throws {DefinitionError} `catalog/unreadable`: this is no index, or one of another version */
export async function readIndex(path: string): Promise<CatalogIndex> {
  const [first = ''] = (await readBytes(path, 0, longestHeader)).toString().split('\n', 1)
  const header = parseHeader(first, path)
  const start = Buffer.byteLength(first) + 1
  const listings = (await readBytes(path, start, header.listingBytes)).toString()
  const summariesAt = start + header.listingBytes
  const connectors = listings
    .split('\n')
    .slice(0, -1)
    .map((line) => parseLine(line, path) as IndexedConnector)
  if (connectors.length !== header.connectors) unreadable(path, 'it was cut off')
  return {
    hash: header.hash,
    connectors,
    async readSummary({ summary: [offset, length] }) {
      const line = (await readBytes(path, summariesAt + offset, length)).toString()
      return parseLine(line, path) as ConnectorSummary
    },
  }
}

/** Whether a file looks like an index, by its first bytes. */
export async function isIndex(path: string): Promise<boolean> {
  return (await readBytes(path, 0, opening.length)).toString() === opening
}

const opening = '{"mainspringCatalog":'

/** The text of a header: what comes first in the file, with its line end. */
export function writeHeader(header: Omit<Header, 'mainspringCatalog'>): string {
  return `${JSON.stringify({ mainspringCatalog: 2, ...header } satisfies Header)}\n`
}

function parseHeader(line: string, path: string): Header {
  const header = parseJson(line) as Partial<Header> | undefined
  if (typeof header?.listingBytes !== 'number') unreadable(path, 'it does not begin as one')
  if (header.mainspringCatalog !== 2) unreadable(path, 'it is of another version')
  return header as Header
}

function parseLine(line: string, path: string): unknown {
  return parseJson(line) ?? unreadable(path, 'it was cut off')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unreadable(path: string, why: string): never {
  throw new DefinitionError('catalog/unreadable', {
    message: `${path} is no index of connectors that can be read: ${why}.`,
  })
}

async function readBytes(path: string, position: number, length: number): Promise<Buffer> {
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await file.read(buffer, 0, length, position)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file?.close()
  }
}
