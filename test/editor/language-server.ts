import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: unknown
}

export interface Position {
  readonly line: number
  readonly character: number
}

export interface EditorDiagnostic {
  readonly message: string
  readonly range: { readonly start: Position; readonly end: Position }
}

export interface Completion {
  readonly label: string
  readonly insertText?: string
  readonly documentation?: string | { readonly value: string }
}

const program = createRequire(import.meta.url).resolve('yaml-language-server/bin/yaml-language-server')

/** The real yaml-language-server over stdio, as an editor speaks to it, with the settings of a workspace. */
export class LanguageServer {
  readonly #process: ChildProcess
  readonly #settings: Readonly<Record<string, unknown>>
  readonly #waiting = new Map<number, (message: Message) => void>()
  readonly #published = new Map<string, (diagnostics: readonly EditorDiagnostic[]) => void>()
  #last = 0
  #unread = Buffer.alloc(0)

  private constructor(settings: Readonly<Record<string, unknown>>) {
    this.#settings = settings
    this.#process = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#read(chunk))
  }

  static async start(
    workspace: string,
    settings: Readonly<Record<string, unknown>>,
  ): Promise<LanguageServer> {
    const server = new LanguageServer(settings)
    const uri = pathToFileURL(workspace).href
    await server.#request('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'workspace' }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
          hover: { contentFormat: ['markdown'] },
          publishDiagnostics: {},
        },
      },
    })
    server.#send({ method: 'initialized', params: {} })
    return server
  }

  /** Opens a document, on disk or not, and gives what the editor would underline in it. */
  open(path: string, text: string): Promise<readonly EditorDiagnostic[]> {
    const uri = pathToFileURL(path).href
    const published = new Promise<readonly EditorDiagnostic[]>((resolve) => this.#published.set(uri, resolve))
    this.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
    })
    return published
  }

  /** What hovering shows, as Markdown; an empty text for nothing. */
  async hover(path: string, position: Position): Promise<string> {
    const result = (await this.#request('textDocument/hover', at(path, position))) as {
      readonly contents: string | { readonly value: string }
    } | null
    const contents = result?.contents ?? ''
    return typeof contents === 'string' ? contents : contents.value
  }

  async complete(path: string, position: Position): Promise<readonly Completion[]> {
    const result = await this.#request('textDocument/completion', at(path, position))
    return (Array.isArray(result) ? result : (result as { items: Completion[] }).items) as Completion[]
  }

  async close(): Promise<void> {
    await this.#request('shutdown', null)
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#send({ method: 'exit' })
    await ended
  }

  #request(method: string, params: unknown): Promise<unknown> {
    this.#last += 1
    const id = this.#last
    this.#send({ id, method, params })
    return new Promise((resolve, reject) =>
      this.#waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${JSON.stringify(error)}`)),
      ),
    )
  }

  #send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#process.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk])
    for (;;) {
      const head = this.#unread.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/Content-Length: (\d+)/i.exec(this.#unread.subarray(0, head).toString())?.[1])
      if (this.#unread.length < head + 4 + length) return
      const body = this.#unread.subarray(head + 4, head + 4 + length).toString()
      this.#unread = this.#unread.subarray(head + 4 + length)
      this.#handle(JSON.parse(body) as Message)
    }
  }

  #handle(message: Message): void {
    const { id, method, params } = message
    if (method === undefined) {
      if (id !== undefined) this.#waiting.get(id)?.(message)
      return
    }
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: EditorDiagnostic[] }
      this.#published.get(uri)?.(diagnostics)
    }
    if (id === undefined) return
    const result = method === 'workspace/configuration' ? this.#configuration(params) : null
    this.#send({ id, result })
  }

  /** An editor gives each section of its settings by name: `yaml` stands for all keys that begin with it. */
  #configuration(params: unknown): readonly unknown[] {
    const { items } = params as { items: readonly { readonly section?: string }[] }
    return items.map(({ section = '' }) =>
      Object.fromEntries(
        Object.entries(this.#settings)
          .filter(([name]) => name.startsWith(`${section}.`))
          .map(([name, value]) => [name.slice(section.length + 1), value]),
      ),
    )
  }
}

function at(path: string, position: Position) {
  return { textDocument: { uri: pathToFileURL(path).href }, position }
}
