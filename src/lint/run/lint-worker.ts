import { parentPort, workerData } from 'node:worker_threads'
import type { LintConfig } from '../config/lint-config.ts'
import { lintOne } from './lint-one.ts'

/** A thread of `lintInThreads`: takes paths, gives the findings of each. */
const lint = lintOne(workerData as LintConfig | undefined)
parentPort?.on('message', (paths: readonly string[]) => parentPort?.postMessage(paths.map(lint)))
