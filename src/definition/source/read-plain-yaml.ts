import type { SourceFile } from './source-file.ts'
import type { SourceEntry, SourceList, SourceMap, SourceNode, SourceScalar } from './source-node.ts'

/*
 * Almost every definition is written in a small part of YAML: block maps and lists, texts on one line, literal and
 * folded blocks, short lists in brackets. Reading that part in one pass costs a fraction of the general parser, which
 * builds tokens, a syntax tree and a document before our own tree. Whatever is not certainly of this part, and every
 * mistake, is left to the general parser: this one finds a tree, or gives up. `test/definition/plain-yaml.test.ts`
 * holds both against each other.
 */

/** A tree read at once, and the number of its nodes. */
export interface PlainTree {
  readonly tree: SourceNode
  readonly nodes: number
}

/** The tree of a text in the plain part of YAML; undefined where the general parser has to look at it. */
export function readPlainYaml(file: SourceFile, maxDepth: number): PlainTree | undefined {
  // Tabs, carriage returns and further documents have rules of their own.
  if (/[\t\r\u0085\u2028\u2029\uFEFF]|^(?:---|\.\.\.|%)/m.test(file.text)) return undefined
  const reader = new PlainReader(file, maxDepth)
  const tree = reader.read()
  return tree === undefined ? undefined : { tree, nodes: reader.nodes }
}

const space = 0x20
const newline = 0x0a
const hash = 0x23
const colon = 0x3a
const dash = 0x2d

/** First characters that begin something else than a plain text, or would have to be looked at twice. */
const indicators = new Set([...',[]{}#&*!|>\'"%@`?'].map((character) => character.charCodeAt(0)))

class PlainReader {
  nodes = 0
  readonly #file: SourceFile
  readonly #text: string
  readonly #maxDepth: number
  /** Of the next character that is not read yet; between entries, the first one of a line's content. */
  #at = 0
  /** Column of `#at` where it is the first of a line's content; -1 at the end. */
  #indent = -1
  /** Set for good as soon as the text is not plain. */
  #gaveUp = false

  constructor(file: SourceFile, maxDepth: number) {
    this.#file = file
    this.#text = file.text
    this.#maxDepth = maxDepth
  }

  read(): SourceNode | undefined {
    this.#nextLine()
    if (this.#indent < 0) return undefined
    const tree = this.#block(this.#indent, -1, 0)
    if (this.#gaveUp || this.#indent >= 0 || tree?.kind === 'scalar') return undefined
    return tree
  }

  #giveUp(): undefined {
    this.#gaveUp = true
    return undefined
  }

  /** Goes to the content of the next line that has some, from the start of a line. */
  #nextLine(): void {
    const text = this.#text
    let at = this.#at
    for (;;) {
      const start = at
      while (text.charCodeAt(at) === space) at += 1
      if (at >= text.length) {
        this.#at = at
        this.#indent = -1
        return
      }
      const code = text.charCodeAt(at)
      if (code !== newline && code !== hash) {
        this.#at = at
        this.#indent = at - start
        return
      }
      const end = text.indexOf('\n', at)
      at = end === -1 ? text.length : end + 1
    }
  }

  /** Ends a line behind a value: blanks and a comment may follow, nothing else. */
  #endLine(): void {
    const text = this.#text
    let at = this.#at
    const start = at
    while (text.charCodeAt(at) === space) at += 1
    if (at < text.length && text.charCodeAt(at) !== newline) {
      if (text.charCodeAt(at) !== hash || at === start) {
        this.#giveUp()
        return
      }
      const end = text.indexOf('\n', at)
      at = end === -1 ? text.length : end
    }
    this.#at = at + 1
    this.#nextLine()
  }

  /**
   * A node that begins at `#at`.
   *
   * @param indent - its column
   * @param parent - the column that its lines must be right of
   */
  #block(indent: number, parent: number, depth: number): SourceNode | undefined {
    if (this.#gaveUp || depth > this.#maxDepth) return this.#giveUp()
    if (this.#isDash(this.#at)) return this.#list(indent, depth)
    const key = this.#key()
    if (this.#gaveUp) return undefined
    return key === undefined ? this.#value(parent, depth) : this.#map(key, indent, depth)
  }

  #isDash(at: number): boolean {
    if (this.#text.charCodeAt(at) !== dash) return false
    const next = this.#text.charCodeAt(at + 1)
    return next === space || next === newline || at + 1 >= this.#text.length
  }

  #list(indent: number, depth: number): SourceList | undefined {
    const start = this.#at
    const items: SourceNode[] = []
    let end = start
    do {
      const dashAt = this.#at
      this.#at += 1
      while (this.#text.charCodeAt(this.#at) === space) this.#at += 1
      const item = this.#after(dashAt + 1, indent, indent + this.#at - dashAt, depth + 1, false)
      if (this.#gaveUp || item === undefined) return undefined
      items.push(item)
      end = Math.max(item.end, dashAt + 1)
    } while (this.#indent === indent && this.#isDash(this.#at))
    if (this.#indent > indent) return this.#giveUp()
    this.nodes += 1
    return { kind: 'list', items, file: this.#file, start, end }
  }

  #map(firstKey: SourceScalar, indent: number, depth: number): SourceMap | undefined {
    const { start } = firstKey
    const entries: SourceEntry[] = []
    const names = new Set<string>()
    let key: SourceScalar | undefined = firstKey
    let end = start
    while (key !== undefined) {
      const name = String(key.value)
      if ((names.has(name) && name !== '$ref') || name === '<<' || name === '__proto__') return this.#giveUp()
      names.add(name)
      // `#key` stands right behind the colon.
      const colonEnd = this.#at
      while (this.#text.charCodeAt(this.#at) === space) this.#at += 1
      if (this.#isDash(this.#at)) return this.#giveUp()
      const value = this.#after(colonEnd, indent, -1, depth + 1, true)
      if (this.#gaveUp || value === undefined) return undefined
      entries.push({ key, name, value })
      end = Math.max(value.end, colonEnd)
      if (this.#indent !== indent) break
      if (this.#isDash(this.#at)) return this.#giveUp()
      key = this.#key()
      if (key === undefined) return this.#giveUp()
    }
    if (this.#indent > indent) return this.#giveUp()
    this.nodes += 1
    return { kind: 'map', entries, file: this.#file, start, end }
  }

  /**
   * What stands behind a dash or colon, on the same line or on the following ones.
   *
   * @param mark - behind the dash or colon
   * @param indent - column of the list or map
   * @param column - of a node on the same line that may be a map or list; -1 where it may not
   */
  #after(
    mark: number,
    indent: number,
    column: number,
    depth: number,
    inMap: boolean,
  ): SourceNode | undefined {
    const code = this.#text.charCodeAt(this.#at)
    const isEmpty = this.#at >= this.#text.length || code === newline || (code === hash && this.#at > mark)
    if (!isEmpty) return column >= 0 ? this.#block(column, indent, depth) : this.#value(indent, depth)
    const valueAt = this.#at
    this.#at = mark
    this.#endLine()
    if (this.#gaveUp) return undefined
    if (this.#indent > indent) return this.#block(this.#indent, indent, depth)
    // A list may stand right under its key.
    if (inMap && this.#indent === indent && this.#isDash(this.#at))
      return this.#block(indent, indent - 1, depth)
    return this.#scalar(null, 'plain', valueAt, valueAt)
  }

  /** A key at `#at`, which then stands behind its colon; undefined, nothing read, where there is none. */
  #key(): SourceScalar | undefined {
    const text = this.#text
    const start = this.#at
    const first = text.charCodeAt(start)
    if (first === 0x22 || first === 0x27) {
      const scalar = this.#quoted()
      if (scalar === undefined) return undefined
      let at = this.#at
      while (text.charCodeAt(at) === space) at += 1
      if (text.charCodeAt(at) !== colon) {
        this.#at = start
        return undefined
      }
      if (!this.#endsKey(at)) return this.#giveUp()
      this.#at = at + 1
      return scalar
    }
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code === newline || (code === hash && text.charCodeAt(at - 1) === space)) return undefined
      if (code !== colon || !this.#endsKey(at)) continue
      // A text in brackets may hold colons of its own.
      if (first === 0x5b || first === 0x7b) return undefined
      if (indicators.has(first) || at === start) return this.#giveUp()
      let end = at
      while (text.charCodeAt(end - 1) === space) end -= 1
      this.#at = at + 1
      return this.#scalar(text.slice(start, end), 'plain', start, end)
    }
    return undefined
  }

  #endsKey(colonAt: number): boolean {
    const next = this.#text.charCodeAt(colonAt + 1)
    return next === space || next === newline || colonAt + 1 >= this.#text.length
  }

  /** A scalar, or a list or map in brackets; then the end of its line. */
  #value(parent: number, depth: number): SourceNode | undefined {
    const code = this.#text.charCodeAt(this.#at)
    let node: SourceNode | undefined
    if (code === 0x7c || code === 0x3e) return this.#blockScalar(parent)
    if (code === 0x22 || code === 0x27) node = this.#quoted()
    else if (code === 0x5b || code === 0x7b) node = this.#flow(depth)
    else node = this.#plain()
    if (this.#gaveUp || node === undefined) return this.#giveUp()
    this.#endLine()
    // A text that goes on in the next line.
    if (this.#indent > parent && parent >= 0 && this.#indent > -1) return this.#giveUp()
    return node
  }

  #plain(): SourceScalar | undefined {
    const text = this.#text
    const start = this.#at
    if (indicators.has(text.charCodeAt(start))) return undefined
    let end = start
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end)
      if (code === newline || (code === hash && text.charCodeAt(end - 1) === space)) break
    }
    while (text.charCodeAt(end - 1) === space) end -= 1
    const source = text.slice(start, end)
    if (source.includes(': ') || source.endsWith(':')) return undefined
    this.#at = end
    return this.#scalar(plainValue(source), 'plain', start, end)
  }

  #quoted(): SourceScalar | undefined {
    const text = this.#text
    const start = this.#at
    const isDouble = text.charCodeAt(start) === 0x22
    let at = start + 1
    for (;;) {
      const code = text.charCodeAt(at)
      if (at >= text.length || code === newline) return this.#giveUp()
      if (isDouble && code === 0x5c) at += 1
      else if (code === (isDouble ? 0x22 : 0x27)) {
        if (isDouble || text.charCodeAt(at + 1) !== 0x27) break
        at += 1
      }
      at += 1
    }
    this.#at = at + 1
    const inside = text.slice(start + 1, at)
    if (!isDouble) return this.#scalar(inside.replaceAll("''", "'"), 'single', start, at + 1)
    const value = inside.includes('\\') ? readEscapes(inside) : inside
    return value === undefined ? this.#giveUp() : this.#scalar(value, 'double', start, at + 1)
  }

  #blockScalar(parent: number): SourceScalar | undefined {
    const text = this.#text
    const start = this.#at
    const lineEnd = text.indexOf('\n', start)
    const header = lineEnd === -1 ? '' : text.slice(start, lineEnd)
    if (!/^[|>]-?$/.test(header)) return this.#giveUp()
    const lines: string[] = []
    let indent = -1
    let at = lineEnd + 1
    let end = start
    while (at < text.length) {
      let content = at
      while (text.charCodeAt(content) === space) content += 1
      let next = text.indexOf('\n', content)
      if (next === -1) next = text.length
      if (content === next) {
        // A blank line with more blanks than the text is indented by has a meaning.
        if (content - at > Math.max(indent, 0)) return this.#giveUp()
        lines.push('')
      } else {
        const column = content - at
        if (indent === -1) indent = column
        if (column < indent) {
          if (column > parent) return this.#giveUp()
          break
        }
        const line = text.slice(at + indent, next)
        // Lines that stand further right, or end in blanks, fold by other rules.
        if (header.startsWith('>') && (column > indent || line.endsWith(' '))) return this.#giveUp()
        lines.push(line)
        end = next
      }
      at = next + 1
    }
    if (indent <= parent) return this.#giveUp()
    while (lines.at(-1) === '') lines.pop()
    if (lines.length === 0) return this.#giveUp()
    const value = header.startsWith('>') ? fold(lines) : lines.join('\n')
    while (text.charCodeAt(end - 1) === space) end -= 1
    this.#at = Math.min(at, text.length)
    this.#nextLine()
    return this.#scalar(header.endsWith('-') ? value : `${value}\n`, 'block', start, end)
  }

  /** A list or map in brackets, all on one line. */
  #flow(depth: number): SourceNode | undefined {
    if (depth > this.#maxDepth) return this.#giveUp()
    const start = this.#at
    const isMap = this.#text.charCodeAt(start) === 0x7b
    const close = isMap ? 0x7d : 0x5d
    const entries: SourceEntry[] = []
    const items: SourceNode[] = []
    const names = new Set<string>()
    this.#at += 1
    for (;;) {
      this.#skipSpaces()
      if (this.#text.charCodeAt(this.#at) === close) break
      const node = this.#flowNode(depth)
      if (node === undefined) return this.#giveUp()
      this.#skipSpaces()
      if (isMap) {
        if (node.kind !== 'scalar' || this.#text.charCodeAt(this.#at) !== colon) return this.#giveUp()
        const key = node.style === 'plain' ? { ...node, value: this.#text.slice(node.start, node.end) } : node
        const name = String(key.value)
        if (names.has(name) || name === '<<' || name === '__proto__' || name === '$ref') return this.#giveUp()
        names.add(name)
        this.#at += 1
        if (this.#text.charCodeAt(this.#at) !== space) return this.#giveUp()
        this.#skipSpaces()
        const value = this.#flowNode(depth)
        if (value === undefined) return this.#giveUp()
        entries.push({ key, name, value })
        this.#skipSpaces()
      } else items.push(node)
      const code = this.#text.charCodeAt(this.#at)
      if (code === 0x2c) this.#at += 1
      else if (code !== close) return this.#giveUp()
    }
    this.#at += 1
    const end = this.#at
    // Brackets may themselves be a key.
    this.#skipSpaces()
    if (this.#text.charCodeAt(this.#at) === colon) return this.#giveUp()
    this.#at = end
    this.nodes += 1
    const file = this.#file
    return isMap ? { kind: 'map', entries, file, start, end } : { kind: 'list', items, file, start, end }
  }

  #skipSpaces(): void {
    while (this.#text.charCodeAt(this.#at) === space) this.#at += 1
  }

  #flowNode(depth: number): SourceNode | undefined {
    const text = this.#text
    const start = this.#at
    const first = text.charCodeAt(start)
    if (first === 0x22 || first === 0x27) return this.#quoted()
    if (first === 0x5b || first === 0x7b) return this.#flow(depth + 1)
    if (indicators.has(first) || first === dash || first === colon) return undefined
    let at = start
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code === newline || code === hash) return undefined
      if (code === 0x2c || code === 0x5d || code === 0x7d) break
      if (code === 0x5b || code === 0x7b) return undefined
      if (code === colon) {
        const next = text.charCodeAt(at + 1)
        if (next === space) break
        if (next === 0x2c || next === 0x5d || next === 0x7d || next === newline) return undefined
      }
    }
    let end = at
    while (text.charCodeAt(end - 1) === space) end -= 1
    if (end === start) return undefined
    this.#at = end
    return this.#scalar(plainValue(text.slice(start, end)), 'plain', start, end)
  }

  #scalar(value: unknown, style: SourceScalar['style'], start: number, end: number): SourceScalar {
    this.nodes += 1
    return { kind: 'scalar', value, style, file: this.#file, start, end }
  }
}

/** A plain text by the core schema of YAML 1.2. */
function plainValue(source: string): unknown {
  const first = source.charCodeAt(0)
  // Digits, sign or dot; tilde; or the first letter of a word with a meaning.
  if ((first >= 0x30 && first <= 0x39) || first === 0x2b || first === dash || first === 0x2e)
    return number(source)
  return words.has(source) ? words.get(source) : source
}

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['~', 'null', 'Null', 'NULL'].map((word): [string, unknown] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, unknown] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, unknown] => [word, false]),
])

function number(source: string): unknown {
  if (/^[-+]?\d+$/.test(source)) return Number.parseInt(source, 10)
  if (/^0o[0-7]+$/.test(source)) return Number.parseInt(source.slice(2), 8)
  if (/^0x[0-9a-fA-F]+$/.test(source)) return Number.parseInt(source.slice(2), 16)
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(source)) return Number.parseFloat(source)
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(source))
    return source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return /^\.(?:nan|NaN|NAN)$/.test(source) ? Number.NaN : source
}

/** A text in double quotes; undefined for an escape that is not of the usual ones. */
function readEscapes(inside: string): string | undefined {
  let known = true
  const value = inside.replaceAll(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/gs, (_, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    const character = escapes[code]
    if (character === undefined) known = false
    return character ?? ''
  })
  return known ? value : undefined
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '0': '\0',
}

/** Lines of a folded block without indented ones: a line break is a space, each blank line a line break. */
function fold(lines: readonly string[]): string {
  let text = ''
  let breaks = 0
  for (const line of lines) {
    if (line === '') {
      breaks += 1
      continue
    }
    text += text === '' && breaks === 0 ? line : breaks > 0 ? `${'\n'.repeat(breaks)}${line}` : ` ${line}`
    breaks = 0
  }
  return text
}
