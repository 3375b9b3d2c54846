import { Worker } from 'node:worker_threads'
import type { Diagnostic } from '../../errors/index.ts'
import type { LintConfig } from '../config/lint-config.ts'
import { lintOne } from './lint-one.ts'

/** Connectors a thread takes at a time: few enough that none waits long for the last one. */
const share = 8

/** The findings of many connectors, found by several threads, this one among them. */
export async function lintInThreads(
  paths: readonly string[],
  config: LintConfig | undefined,
  threads: number,
): Promise<readonly (readonly Diagnostic[])[]> {
  const results: (readonly Diagnostic[])[] = []
  let next = 0
  const take = (): readonly number[] => {
    const start = next
    next = Math.min(paths.length, next + share)
    return Array.from({ length: next - start }, (_, index) => start + index)
  }
  const workers = Array.from({ length: Math.min(threads - 1, Math.ceil(paths.length / share)) }, () =>
    runWorker(paths, config, take, results),
  )
  const lint = lintOne(config)
  for (let own = take(); own.length > 0; own = take()) {
    for (const index of own) results[index] = lint(paths[index] ?? '')
    // The others are handed their next share in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all(workers)
  return results
}

function runWorker(
  paths: readonly string[],
  config: LintConfig | undefined,
  take: () => readonly number[],
  results: (readonly Diagnostic[])[],
): Promise<void> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./lint-worker.${extension}`, import.meta.url), { workerData: config })
  return new Promise((resolve, reject) => {
    let own = take()
    const send = (): void => {
      if (own.length === 0) void worker.terminate().then(() => resolve())
      else worker.postMessage(own.map((index) => paths[index]))
    }
    worker.on('message', (found: readonly (readonly Diagnostic[])[]) => {
      for (const [position, index] of own.entries()) results[index] = found[position] ?? []
      own = take()
      send()
    })
    worker.on('error', reject)
    send()
  })
}
