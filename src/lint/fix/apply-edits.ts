import type { Fix, TextEdit } from '../../errors/index.ts'

/** Texts by file name. */
export type Texts = ReadonlyMap<string, string>

/**
 * The fixes that can be made together, in order: one whose edits meet those of an earlier one waits for the next round.
 */
export function chooseFixes(fixes: readonly Fix[]): readonly Fix[] {
  const taken: TextEdit[] = []
  return fixes.filter(({ edits }) => {
    if (edits.length === 0 || edits.some((edit) => taken.some((other) => meet(edit, other)))) return false
    taken.push(...edits)
    return true
  })
}

function meet(one: TextEdit, other: TextEdit): boolean {
  return (
    one.file === other.file &&
    one.range.start.offset <= other.range.end.offset &&
    other.range.start.offset <= one.range.end.offset
  )
}

/** Every text with its edits made, from the end to the start so that no place moves. Undefined where a file is not known. */
export function applyFixes(texts: Texts, fixes: readonly Fix[]): Texts | undefined {
  const result = new Map(texts)
  const edits = fixes
    .flatMap((fix) => fix.edits)
    .toSorted((one, other) => other.range.start.offset - one.range.start.offset)
  for (const { file, range, text } of edits) {
    const before = result.get(file)
    if (before === undefined) return undefined
    result.set(file, before.slice(0, range.start.offset) + text + before.slice(range.end.offset))
  }
  return result
}
