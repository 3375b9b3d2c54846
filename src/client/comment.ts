const width = 100

/** A documentation comment of this text; it cannot end early, whatever a definition says. */
export function comment(text: string, indent: string): string {
  const lines = wrap(text.replaceAll('*/', '*\\/'), width - indent.length)
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`
}

function wrap(text: string, columns: number): string[] {
  return text
    .trim()
    .split('\n')
    .flatMap((paragraph) => {
      const lines = ['']
      for (const word of paragraph.split(/\s+/)) {
        const last = lines.at(-1) ?? ''
        if (last !== '' && last.length + word.length + 1 > columns) lines.push(word)
        else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
      }
      return lines
    })
}
