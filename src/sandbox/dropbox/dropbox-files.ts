import { createHash } from 'node:crypto'

export interface DropboxEntry {
  readonly metadata: Readonly<Record<string, unknown>>
  /** Undefined for a folder. */
  readonly content?: Buffer
}

const blockBytes = 4 * 1024 * 1024

/** Dropbox's hash of a content: SHA-256 over the SHA-256 of each block of 4 MB. */
export function contentHash(content: Buffer): string {
  const all = createHash('sha256')
  for (let start = 0; start < content.length; start += blockBytes)
    all.update(
      createHash('sha256')
        .update(content.subarray(start, start + blockBytes))
        .digest(),
    )
  return all.digest('hex')
}

/** What lies in one Dropbox. Paths are found whatever their capitals. */
export class DropboxFiles {
  readonly #entries = new Map<string, DropboxEntry>()
  readonly #clock: () => Date
  #count = 0

  constructor(files: number, clock: () => Date) {
    this.#clock = clock
    this.addFolder('/Reports')
    for (let index = 1; index <= files; index += 1)
      this.addFile(`/Reports/report-${String(index).padStart(4, '0')}.txt`, Buffer.from(`Report ${index}\n`))
    this.addFile('/Grüße aus Lisboa.txt', Buffer.from('Olá\n'))
  }

  find(path: string): DropboxEntry | undefined {
    const byId = path.startsWith('id:')
      ? [...this.#entries.values()].find(({ metadata }) => metadata['id'] === path)
      : undefined
    return byId ?? this.#entries.get(path.toLowerCase())
  }

  /** In the order they were made. */
  within(folder: string, recursive: boolean): readonly DropboxEntry[] {
    const start = `${folder.toLowerCase()}/`
    return [...this.#entries].flatMap(([path, entry]) =>
      path.startsWith(start) && (recursive || !path.slice(start.length).includes('/')) ? [entry] : [],
    )
  }

  addFolder(path: string): DropboxEntry {
    return this.#keep(path, { metadata: { '.tag': 'folder', ...this.#named(path) } })
  }

  addFile(path: string, content: Buffer): DropboxEntry {
    const now = `${this.#clock().toISOString().slice(0, 19)}Z`
    const parent = path.slice(0, path.lastIndexOf('/'))
    if (parent !== '' && this.find(parent) === undefined) this.addFolder(parent)
    const metadata = {
      '.tag': 'file',
      ...this.#named(path),
      client_modified: now,
      server_modified: now,
      rev: this.#count.toString(16).padStart(12, '0'),
      size: content.length,
      is_downloadable: true,
      content_hash: contentHash(content),
    }
    return this.#keep(path, { metadata, content })
  }

  /** `a (1).txt` beside `a.txt`. */
  freeName(path: string): string {
    const dot = path.lastIndexOf('.')
    const [stem, end] = dot > path.lastIndexOf('/') ? [path.slice(0, dot), path.slice(dot)] : [path, '']
    for (let number = 1; ; number += 1) {
      const name = `${stem} (${number})${end}`
      if (this.find(name) === undefined) return name
    }
  }

  delete({ metadata }: DropboxEntry): void {
    const path = String(metadata['path_lower'])
    for (const key of [...this.#entries.keys()])
      if (key === path || key.startsWith(`${path}/`)) this.#entries.delete(key)
  }

  #named(path: string) {
    this.#count += 1
    return {
      name: path.slice(path.lastIndexOf('/') + 1),
      path_lower: path.toLowerCase(),
      path_display: path,
      id: `id:sandbox${String(this.#count).padStart(15, '0')}`,
    }
  }

  #keep(path: string, entry: DropboxEntry): DropboxEntry {
    this.#entries.set(path.toLowerCase(), entry)
    return entry
  }
}
