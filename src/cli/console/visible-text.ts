// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/**
 * Text from outside, safe to show: control characters and changes of direction become visible escapes, so that no
 * answer can move the cursor, recolour the screen or hide what stands before it. Tabs and line feeds stay.
 */
export function visibleText(text: string): string {
  return text.replace(control, (character) => {
    const code = character.charCodeAt(0).toString(16)
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`
  })
}

/** The same on one line. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/[\n\t]/g, ' '))
}

/** The same with one sign for each such character: columns stay. Carriage returns end lines and stay too. */
export function withPlaceholders(text: string): string {
  return text.replace(control, (character) => (character === '\r' ? character : '\uFFFD'))
}
