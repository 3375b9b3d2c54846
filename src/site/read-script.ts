import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'

/**
 * A script of the pages as a classic one: a browser loads no module from a disk. Built beside this file; from the
 * sources, its types are stripped on the way.
 */
export async function readScript(name: string): Promise<string> {
  const built = new URL(`./browser/${name}.js`, import.meta.url)
  const code = existsSync(built)
    ? await readFile(built, 'utf8')
    : stripTypeScriptTypes(await readFile(new URL(`./browser/${name}.ts`, import.meta.url), 'utf8'))
  const lines = code.split('\n').map((line) => line.trimEnd())
  return `${lines
    .filter((line) => line !== 'export {}' && line !== 'export {};')
    .join('\n')
    .trim()}\n`
}
