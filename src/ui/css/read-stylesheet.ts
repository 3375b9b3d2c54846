import { readFile } from 'node:fs/promises'

const parts = [
  'tokens',
  'base',
  'layout',
  'components',
  'forms',
  'connect',
  'catalog',
  'runs',
  'site',
] as const

/** The stylesheet of every page, whoever serves it. */
export async function readStylesheet(): Promise<string> {
  const texts = parts.map((name) => readFile(new URL(`./${name}.css`, import.meta.url), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}
