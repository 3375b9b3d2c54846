import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createRenewalSimulator, type RenewalOutcome } from './simulate-renewals.ts'

let simulator: Awaited<ReturnType<typeof createRenewalSimulator>>

beforeAll(async () => {
  simulator = await createRenewalSimulator()
})
afterAll(() => simulator.close())

// More of them: `RENEWAL_SCHEDULES=10000 npm test -- test/hub/renewal -w 1`.
const schedules = Number(process.env['RENEWAL_SCHEDULES'] ?? 300)
const longestMs = Math.max(600_000, schedules * 500)
const none = { needless: 0, spentAgain: 0, stale: 0, stormed: 0, lost: 0, unexplained: 0 }

test(
  `over ${schedules} schedules of several processes: one renewal an expiry, no stale token, none lost to a kill`,
  async () => {
    const sum = {
      rotations: 0,
      kills: 0,
      hangs: 0,
      lostAnswers: 0,
      recovered: 0,
      reconnects: 0,
      succeeded: 0,
    }
    for (let seed = 1; seed <= schedules; seed += 1) {
      const outcome: RenewalOutcome = await simulator.simulate(seed)
      if (JSON.stringify(outcome.bad) !== JSON.stringify(none))
        throw new Error(`seed ${seed}: ${JSON.stringify(outcome.bad)}\n${outcome.story.join('\n')}`)
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += outcome[key]
    }
    if (schedules > 1_000) process.stderr.write(`${schedules} schedules: ${JSON.stringify(sum)}\n`)
    // The schedules have in them what they are about.
    for (const count of Object.values(sum)) expect(count).toBeGreaterThan(schedules / 100)
  },
  longestMs,
)

test('a schedule is the same for the same seed', async () => {
  const [first, second] = [await simulator.simulate(7), await simulator.simulate(7)]
  expect(second).toEqual(first)
})

test('who stood still while it read an account does not send what another process has spent meanwhile', async () => {
  expect((await simulator.simulate(346)).bad).toEqual(none)
})
