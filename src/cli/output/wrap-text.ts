import stringWidth from 'string-width'

/** Prose broken between words, so that no line is wider than this many columns unless one word is. */
export function wrapText(text: string, columns: number): string {
  return text
    .trim()
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n')
}

function wrapLine(line: string, columns: number): string {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\S)(?= )/)) {
    if (current !== '' && stringWidth(current + word) > columns) {
      lines.push(current)
      current = word.trimStart()
    } else {
      current += word
    }
  }
  return [...lines, current].join('\n')
}
