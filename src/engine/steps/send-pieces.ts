import { MainspringError } from '../../errors/index.ts'
import type { ChunksPlan, RequestPlan, RunContext, StepOutput } from '../../plan/index.ts'
import { readPieces } from '../files/read-pieces.ts'
import { type RunState, remainingMs } from '../run-state.ts'
import { waitFor } from '../wait-for.ts'
import { sendRequest } from './send-request.ts'
import type { StepOutcome } from './step-outcome.ts'
import { toOutcome } from './to-outcome.ts'

/**
 * Sends a file in pieces, each when the one before it was taken; so a piece, unlike a stream, can be sent again. The first
 * failure ends it.
 *
 * @throws {MainspringError} no answer came, or the file cannot be read; `bytesSent` says what was taken before
 */
export async function sendPieces(
  { bytes, read }: ChunksPlan,
  request: RequestPlan,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  let output: StepOutput = {}
  let sent = 0
  let chunks = 0
  try {
    const pieces = readPieces(read(context), bytes, (next) =>
      waitFor(next(), run.options.signal, remainingMs(run), 'The file took too long to read.'),
    )
    for await (const piece of pieces) {
      const item = { offset: sent, bytes: piece.length }
      const seen = { ...context, iterator: { item, index: chunks, current: item }, piece }
      const outcome = toOutcome(await sendRequest(request, seen, run, step))
      output = { ...outcome.output }
      if (outcome.error !== undefined) return { output, error: outcome.error.at({ bytesSent: sent }) }
      sent += piece.length
      chunks += 1
    }
  } catch (error) {
    throw error instanceof MainspringError ? error.at({ bytesSent: sent }) : error
  }
  return { output: { ...output, bytes: sent, chunks } }
}
