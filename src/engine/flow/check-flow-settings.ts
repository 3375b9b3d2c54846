import { InputError, type InputProblem } from '../../errors/index.ts'
import type { FlowSettings } from './flow-settings.ts'

const wholeNumbers = [
  'mostPerAccount',
  'mostPerProvider',
  'mostAtATime',
  'mostWaitingPerAccount',
  'mostWaiting',
  'processes',
] as const

/**
 * Refuses bounds under which nothing would ever be sent, or that bound nothing because they are no numbers.
 *
 * @throws {InputError} naming every one
 */
export function checkFlowSettings(settings: FlowSettings): void {
  const problems: InputProblem[] = []
  const check = (name: string, value: unknown, least: number, isWhole: boolean) => {
    if (value === undefined) return
    const fits = typeof value === 'number' && value >= least && (!isWhole || Number.isFinite(value))
    if (fits && (!isWhole || Number.isInteger(value))) return
    const message = `Option "${name}" must be a ${isWhole ? 'whole ' : ''}number of at least ${least}.`
    problems.push({ code: 'input/invalid', name, message })
  }
  const { circuit = {}, retries = {} } = settings
  for (const name of wholeNumbers) check(name, settings[name], name.startsWith('mostWaiting') ? 0 : 1, true)
  check('longestWaitMs', settings.longestWaitMs, 1, false)
  check('circuit.failures', circuit.failures, 1, false)
  check('circuit.share', circuit.share, 0, false)
  for (const name of ['windowMs', 'openMs', 'longestOpenMs'] as const)
    check(`circuit.${name}`, circuit[name], 1, false)
  check('retries.share', retries.share, 0, false)
  check('retries.floor', retries.floor, 0, false)
  check('retries.windowMs', retries.windowMs, 1, false)
  if (problems.length > 0) throw new InputError(problems)
}
