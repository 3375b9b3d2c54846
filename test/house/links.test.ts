import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { buildProgram } from '../../src/cli/program/program.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const pages = ['*.md', 'docs/**/*.md', 'connectors/*/README.md'].flatMap((pattern) =>
  globSync(pattern, { cwd: root }),
)
const textOf = (page: string) => readFileSync(join(root, page), 'utf8')
const withoutCode = (text: string) => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')

/** The anchors that headings make, as hosts of repositories make them. */
function anchorsOf(page: string): Set<string> {
  const headings = textOf(page).matchAll(/^#{1,6} (.+)$/gm)
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

function brokenLinksOf(page: string): string[] {
  const text = withoutCode(textOf(page))
  const links = [
    ...[...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? ''),
    ...[...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g)].map((match) => match[1] ?? ''),
  ].filter((link) => !/^[a-z]+:/i.test(link))
  return links.filter((link) => {
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : relative(root, join(root, dirname(page), decodeURIComponent(path)))
    if (!existsSync(join(root, target))) return true
    if (anchor === undefined || statSync(join(root, target)).isDirectory()) return false
    return target.endsWith('.md') && !anchorsOf(target).has(anchor)
  })
}

test('the pages are found', () => expect(pages.length).toBeGreaterThan(50))

test.each(pages)('every link of %s leads somewhere', (page) => expect(brokenLinksOf(page)).toEqual([]))

/** The commands of ours in the shell blocks of a page, as lists of arguments. */
function commandsOf(page: string): string[][] {
  const blocks = [...textOf(page).matchAll(/```(?:sh|bash|console)\n([\s\S]*?)```/g)]
  return blocks
    .flatMap(([, block = '']) => block.replace(/\\\n\s*/g, ' ').split('\n'))
    .map((line) => /^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx )?mainspring (.*)$/.exec(line)?.[1])
    .filter((line) => line !== undefined)
    .map((line) => line.replace(/\s(?:#|\||>|&&).*$/, '').match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [])
    .map((words) => words.map((word) => word.replace(/["']/g, '')))
}

const commands = pages.flatMap((page) =>
  commandsOf(page).map((words) => [page, words.join(' '), words] as const),
)

test('the commands are found', () => expect(commands.length).toBeGreaterThan(40))

test.each(commands)('%s: mainspring %s is a command that there is', async (_page, _line, words) => {
  const called: string[] = []
  const program = buildProgram('0', async (name) => void called.push(name))
  for (const command of [program, ...program.commands]) command.configureOutput({ writeErr: () => undefined })
  await program.parseAsync(words, { from: 'user' })
  const names = program.commands.map((command) => command.name())
  expect(called).toEqual([words.find((word) => names.includes(word))])
})
