import { readFile } from 'node:fs/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { parseFault } from '../../src/sandbox/index.ts'
import { closeSandboxes, controlOf, sandboxFor } from './caller.ts'

afterAll(closeSandboxes)

const page = await readFile(new URL('../../docs/reference/sandbox.md', import.meta.url), 'utf8')

/** First and second cell of each row under a heading. */
function cells(heading: string): [string, string][] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const rows = section.matchAll(/^\| `([^`]+)` \|([^|]*)\|/gm)
  return Array.from(rows, ([, first = '', second = '']) => [first, second.trim()])
}

describe('the reference page of the sandbox', () => {
  test('lists every endpoint with its mark, and no other', async () => {
    const { body } = await controlOf(await sandboxFor({ people: 0 }))('GET', '/info')
    const served = body.endpoints.map((endpoint: Record<string, string>) => [
      `${endpoint['method']} ${endpoint['path']}`,
      endpoint['evidence'],
    ])
    expect(cells('Endpoints').toSorted()).toEqual(served.toSorted())
  })

  test('lists every fault with its fields, and no other', () => {
    const listed = cells('Faults')
    let hint = ''
    try {
      parseFault('none')
    } catch (error) {
      hint = (error as { hint: string }).hint
    }
    expect(hint).toBe(`The faults are ${listed.map(([kind]) => kind).join(', ')}.`)
    for (const [kind, fields] of listed) {
      const names = ['times', 'after', ...[...fields.matchAll(/`(\w+)`/g)].map(([, name]) => name)]
      expect(() => parseFault(`${kind}:none=1`)).toThrow(`${kind} has no none: it takes ${names.join(', ')}.`)
    }
  })

  test('shows compact rules that can be read', () => {
    const examples = /\n```\n([^`]+)\n```/.exec(page)?.[1]?.split('\n') ?? []
    expect(examples).toHaveLength(3)
    for (const example of examples) expect(() => parseFault(example)).not.toThrow()
  })
})
