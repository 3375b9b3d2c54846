// Memory of a catalog of many connectors: opened from its index, searched, and each connector compiled once in turn.
// Run: node --expose-gc bench/catalog.ts [connectors] [actions each]

import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildCatalog, openCatalog } from '../src/catalog/index.ts'
import { largeDefinition } from './large-definition.ts'

const connectors = Number(process.argv[2] ?? 1000)
const actions = Number(process.argv[3] ?? 20)
const folder = await mkdtemp(join(tmpdir(), 'mainspring-bench-'))
const index = join(folder, 'index.jsonl')
const print = (text: string) => process.stdout.write(`${text}\n`)

function heapMb(): string {
  globalThis.gc?.()
  return `${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(0).padStart(5)} MiB of heap`
}

async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const startMs = performance.now()
  await work()
  print(`${name.padEnd(34)} ${((performance.now() - startMs) / 1000).toFixed(2).padStart(7)} s ${heapMb()}`)
}

try {
  for (let number = 0; number < connectors; number += 1) {
    const key = `bench${number}`
    await mkdir(join(folder, key))
    await writeFile(join(folder, key, `${key}.connector.s1.yaml`), largeDefinition(actions, key))
  }
  print(
    `Node ${process.version}; ${connectors} connectors of ${actions} actions each; at the start ${heapMb()}`,
  )
  await step('build', async () => writeFile(index, (await buildCatalog(folder, folder)).content))
  print(`the index has ${((await stat(index)).size / 2 ** 20).toFixed(0)} MiB`)
  let catalog = await openCatalog(index)
  await step('open', async () => {
    catalog = await openCatalog(index)
  })
  await step('search', async () => catalog.search('invoice list'))
  await step('describe one', async () => catalog.describe('bench7'))
  for (const quarter of [1, 2, 3, 4]) {
    await step(`compile, quarter ${quarter}`, async () => {
      const size = Math.ceil(connectors / 4)
      for (let number = (quarter - 1) * size; number < Math.min(quarter * size, connectors); number += 1)
        await catalog.connector(`bench${number}`)
    })
  }
} finally {
  await rm(folder, { recursive: true })
}
