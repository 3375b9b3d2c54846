import { createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from '@jest/globals'
import { createFlow, runAction } from '../../../src/index.ts'
import { createTransport, systemClock } from '../../../src/transport/index.ts'
import { oneAction, planOf, requestStep } from '../../contract/plan-of.ts'

let closing: (() => void) | undefined
afterEach(() => closing?.())

/** A provider that answers some requests slowly, some in pieces and some never; counts its connections. */
async function startSlowProvider() {
  const open = new Set<Socket>()
  let accepted = 0
  const server = createServer((socket) => {
    accepted += 1
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {})
    socket.on('data', () => {
      const kind = accepted % 3
      if (kind === 0) return
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{"a":')
      if (kind === 1) setTimeout(() => socket.write('"bc"}'), 20)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing = () => {
    for (const socket of open) socket.destroy()
    server.close()
  }
  const address = server.address() as { port: number }
  return { open, accepted: () => accepted, origin: `http://127.0.0.1:${address.port}` }
}

test('runs that are aborted at random moments leave no socket, no timer, no place and no listener', async () => {
  const provider = await startSlowProvider()
  const timers = new Set<object>()
  const clock = {
    now: systemClock.now,
    schedule(callback: () => void, delayMs: number) {
      const timer = {}
      timers.add(timer)
      const cancel = systemClock.schedule(() => {
        timers.delete(timer)
        callback()
      }, delayMs)
      return () => {
        timers.delete(timer)
        cancel()
      }
    },
  }
  const flow = createFlow({ clock, mostPerAccount: 6, mostAtATime: 8 })
  const transport = createTransport({ clock })
  const plan = planOf(
    oneAction({ root: 'rateLimit: { mainRatelimit: 200 }', steps: requestStep('{ url: /x, method: get }') }),
  )
  let seed = 20_260_103
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  // The first call loads what sends; the others then meet the provider at every stage.
  const warming = new AbortController()
  const options = { origin: provider.origin, flow, transport }
  const warm = runAction(plan, 'act', { ...options, signal: warming.signal }).catch(() => undefined)
  for (let waits = 0; provider.accepted() === 0 && waits < 2_000; waits++) await sleep(5)
  warming.abort()
  await warm
  const ends = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const controller = new AbortController()
      const aborting = sleep(Math.floor(random() * 400)).then(() => controller.abort())
      const end = await runAction(plan, 'act', {
        credentials: { secret: `s${index % 3}` },
        signal: controller.signal,
        ...options,
      }).then(
        () => 'done',
        (error: { readonly code: string }) => error.code,
      )
      await aborting
      return end
    }),
  )
  expect(new Set(ends)).toContain('call/aborted')
  expect(ends.every((end) => end === 'done' || end === 'call/aborted')).toBe(true)
  expect(provider.accepted()).toBeGreaterThan(5)
  expect(flow.state()).toMatchObject({ running: 0, waiting: 0 })
  expect(timers.size).toBe(0)
  // Idle connections are kept for the next call; those under way at an abort are ended.
  transport.close()
  for (let waits = 0; provider.open.size > 0 && waits < 200; waits++) await sleep(10)
  expect(provider.open.size).toBe(0)
}, 30_000)
