import { InputError } from '../../errors/index.ts'
import type { StreamedBody } from '../../http/index.ts'

/** A file that a caller gives in place of base64: opened when it is sent, and never held as a whole. */
export interface FileSource {
  /** Number of bytes, where it is known; some providers take no upload without it. */
  readonly bytes?: number
  /** Opens the bytes from their start; `signal` tells that nobody wants the rest. A Node stream will do. */
  open(signal: AbortSignal): AsyncIterable<Uint8Array>
}

/** The value of an input that is a file. Only a step that uploads files can read it. */
export class FileInput implements StreamedBody {
  readonly name: string
  declare readonly bytes?: number
  readonly #source: FileSource

  constructor(name: string, source: FileSource) {
    this.name = name
    this.#source = source
    if (source.bytes !== undefined) this.bytes = source.bytes
  }

  get preview(): string {
    return this.bytes === undefined ? '<bytes of the file>' : `<${this.bytes} bytes>`
  }

  open(signal: AbortSignal): AsyncIterable<Uint8Array> {
    return this.#source.open(signal)
  }

  /** Reached where a definition puts the input into a body, query or header. @throws {InputError} */
  toJSON(): never {
    throw new InputError([
      {
        code: 'input/invalid',
        name: this.name,
        message: `Input "${this.name}" is a file, and this action also sends it as a value: give its content as base64.`,
      },
    ])
  }
}

/** The inputs with each file in the place of its name (`file.content` within `file`). */
export function withFiles(
  inputs: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, FileSource>>,
  toValue: (name: string, source: FileSource) => unknown = (name, source) => new FileInput(name, source),
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...inputs }
  for (const [name, source] of Object.entries(files)) {
    const keys = name.split('.')
    const last = keys.pop() ?? name
    let target = result
    for (const key of keys) {
      const inner = Object.hasOwn(target, key) ? target[key] : undefined
      const copy = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {}
      Object.defineProperty(target, key, {
        value: copy,
        enumerable: true,
        configurable: true,
        writable: true,
      })
      target = copy as Record<string, unknown>
    }
    Object.defineProperty(target, last, {
      value: toValue(name, source),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return result
}
