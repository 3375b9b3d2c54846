/** The words of a name or sentence, in small letters: `list_people` and `List People` are the same. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** A word without the ending of its plural or of its verb form, for comparing alone. */
export function stemOf(word: string): string {
  if (word.length <= 3) return word
  return word.replace(/(?:ies)$/, 'y').replace(/(?:sses|es|s|ed|ing)$/, '')
}

/** Words that say nothing about what a thing is. */
export const emptyWords: ReadonlySet<string> = new Set(
  'a an the of for to in on by with and or from this that these your its it is are be all any one single new given specific details detail information data via using use api endpoint call'.split(
    ' ',
  ),
)

export function contentWords(text: string): readonly string[] {
  return wordsOf(text)
    .filter((word) => !emptyWords.has(word))
    .map(stemOf)
}
