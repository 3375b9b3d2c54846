import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import fc from 'fast-check'
import { createFlow, createTransport, runAction } from '../../../src/index.ts'
import { loopback } from '../../fixtures/loopback.ts'
import { expectCoded } from '../expect-coded.ts'
import type { FuzzSubject } from '../fuzz-subject.ts'
import { calledPlans } from '../generators/called-plans.ts'
import { type WireAnswer, wireAnswers } from '../generators/wire-answers.ts'

const called = [
  'clockwork list_people',
  'clockwork create_person',
  'workday list_candidates',
  'dropbox download_file',
  'linear list_issues',
]

/** Bytes of any kind from a real socket: what the action's result says, or an error that says what was wrong with them. */
export const wire: FuzzSubject = {
  name: 'wire answers',
  share: 0.05,
  async open() {
    const calls = await calledPlans(called)
    let answer: WireAnswer | undefined
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
      socket.once('data', () => void sendAnswer(socket, answer))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const transport = createTransport({ network: loopback })
    return {
      property: fc.asyncProperty(
        fc.constantFrom(...calls),
        wireAnswers,
        async ({ plan, id, inputs, credentials }, given) => {
          answer = given
          try {
            await runAction(plan, id, {
              inputs,
              credentials,
              origin,
              transport,
              // One that remembers would soon send nothing any more.
              flow: createFlow(),
              timeoutMs: 2_000,
              limits: { maxAttempts: 1, maxBytes: 2 * 1024 * 1024 },
              allowPreview: true,
            })
          } catch (error) {
            expectCoded(error)
          }
          if ('polluted' in {}) throw new Error('A prototype was changed.')
        },
      ),
      async close() {
        transport.close()
        for (const socket of sockets) socket.destroy()
        await new Promise((resolve) => server.close(resolve))
      },
    }
  },
}

async function sendAnswer(socket: Socket, answer: WireAnswer | undefined): Promise<void> {
  if (answer === undefined) return void socket.destroy()
  const { bytes, pieces, torn } = answer
  const size = Math.max(1, Math.ceil(bytes.length / pieces))
  for (let at = 0; at < bytes.length && !socket.destroyed; at += size) {
    socket.write(bytes.subarray(at, at + size))
    await new Promise(setImmediate)
  }
  if (torn) socket.resetAndDestroy()
  else socket.end()
}
