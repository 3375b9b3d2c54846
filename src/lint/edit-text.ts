import {
  type SourceEntry,
  type SourceMap,
  type SourceScalar,
  type Span,
  toLocation,
} from '../definition/index.ts'
import type { Fix, TextEdit } from '../errors/index.ts'

/** Edits made from the ranges of the syntax tree, so that comments, key order and layout stay as they are. */

export function replaceSpan(description: string, at: Span, text: string): Fix {
  return { description, edits: [edit(at, text)] }
}

/** Another text in place of a scalar, in the same quotes where they can hold it. Undefined for blocks of several lines. */
export function replaceScalar(description: string, scalar: SourceScalar, text: string): Fix | undefined {
  if (scalar.style === 'block' || /[\n\r]/.test(text)) return undefined
  if (scalar.style === 'single') return replaceSpan(description, scalar, `'${text.replaceAll("'", "''")}'`)
  if (scalar.style === 'double' || !isPlainSafe(text))
    return replaceSpan(description, scalar, JSON.stringify(text))
  return replaceSpan(description, scalar, text)
}

/** Whether YAML reads the text as the same text without quotes, in block and flow collections alike. */
function isPlainSafe(text: string): boolean {
  return (
    /^[A-Za-z_./$][^:#,[\]{}\n]*$/.test(text) &&
    !/\s$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|~)$/i.test(text)
  )
}

/** One more key behind the last one of a map. */
export function addEntry(description: string, map: SourceMap, key: string, value: string): Fix | undefined {
  const last = map.entries.at(-1)
  const first = map.entries[0]
  if (last === undefined || first === undefined) return undefined
  const { text } = map.file
  if (text[map.start] === '{') {
    return {
      description,
      edits: [edit({ file: map.file, start: last.value.end, end: last.value.end }, `, ${key}: ${value}`)],
    }
  }
  // A reference brings its entries from another file: there is no line to stand behind.
  if (first.key.file !== map.file || first.key.start < map.start) return undefined
  const end = endOfLine(text, Math.max(first.value.end, first.key.end))
  // Behind the first key where its value stands on its line, so that nothing of a nested value is met.
  if (first.value.kind !== 'scalar' || first.value.style === 'block') return undefined
  const indent = ' '.repeat(first.key.start - startOfLine(text, first.key.start))
  return { description, edits: [edit({ file: map.file, start: end, end }, `\n${indent}${key}: ${value}`)] }
}

/** Takes a key and its value away, with the line they stand on. Undefined where that would leave an empty map. */
export function removeEntry(description: string, map: SourceMap, entry: SourceEntry): Fix | undefined {
  const { file, start } = entry.key
  if (map.entries.length < 2 || entry.value.kind !== 'scalar' || entry.value.style === 'block')
    return undefined
  const lineStart = startOfLine(file.text, start)
  // The first key of an item stands behind its dash, and a flow map has several on a line.
  if (file.text.slice(lineStart, start).trim() !== '') return undefined
  const end = endOfLine(file.text, Math.max(entry.value.end, entry.key.end))
  if (!/^\s*(?:#.*)?$/.test(file.text.slice(Math.max(entry.value.end, entry.key.end + 1), end)))
    return undefined
  return {
    description,
    edits: [edit({ file, start: lineStart, end: Math.min(end + 1, file.text.length) }, '')],
  }
}

function edit(at: Span, text: string): TextEdit {
  return { ...toLocation(at), text }
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}
