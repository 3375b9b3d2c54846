import type { Diagnostic } from '../../errors/index.ts'
import { relativePath } from '../relative-path.ts'

/** Findings in the XML of Checkstyle, which most build servers read. */
export function checkstyleReport(
  diagnostics: readonly Diagnostic[],
  { cwd }: { readonly cwd: string },
): string {
  const files = Map.groupBy(diagnostics, ({ location }) => relativePath(location.file, cwd))
  const lines = [...files].flatMap(([file, found]) => [
    `  <file name="${escapeXml(file)}">`,
    ...found.map(({ code, severity, message, hint, location: { range } }) => {
      const { line, column } = range.start
      return `    <error line="${line}" column="${column}" severity="${severity}" message="${escapeXml(`${message} ${hint}`)}" source="${escapeXml(code)}"/>`
    }),
    '  </file>',
  ])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<checkstyle version="4.3">',
    ...lines,
    '</checkstyle>',
  ].join('\n')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Without what XML 1.0 has no way to write. */
function escapeXml(text: string): string {
  return [...text]
    .map((character) => {
      if (character === '\n' || character === '\r' || character === '\t')
        return `&#${character.charCodeAt(0)};`
      return /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(character) ? '\uFFFD' : (entities[character] ?? character)
    })
    .join('')
}
