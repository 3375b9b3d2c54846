import { isDeepStrictEqual } from 'node:util'
import { MainspringError } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import { type LookupPlan, prepareActionCall, type RequestPlan, type RunContext } from '../../plan/index.ts'
import { accountIdentityOf } from '../flow/account-identity.ts'
import type { RunOptions } from '../run-options.ts'
import { emit, type RunState, remainingMs } from '../run-state.ts'
import { sendRequest } from './send-request.ts'
import type { StepOutcome } from './step-outcome.ts'
import { toOutcome } from './to-outcome.ts'

/** What a look at the provider says of a write. */
type Look =
  | { readonly found: 'found'; readonly record: unknown }
  /** The whole listing was seen, and the record is not in it. */
  | { readonly found: 'absent' }
  | { readonly found: 'unclear' }

/** Beyond it the listing is no way to find a record. */
const maxRows = 2_000

/**
 * A write whose definition names a way to look: where its answer is lost, the record that is found is the result. Where
 * it is proven that there is none, the write is sent once more, if the definition says that this proves it.
 */
export async function runFindableWrite(
  plan: RequestPlan,
  lookup: LookupPlan,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  for (let sending = 1; ; sending++) {
    const outcome = await sendWrite(plan, context, run, step)
    if (outcome.error?.code !== 'write/outcome-unknown') return outcome
    const look = await lookForRecord(lookup, context, run, step)
    const sentAgain = look.found === 'absent' && lookup.resend && sending === 1
    emit(run, { type: 'write-looked-up', step, found: look.found, sentAgain })
    if (look.found === 'found') {
      const message = 'The answer of the write was lost; the record was found afterwards.'
      run.warnings.push(`Step "${step}": ${message}`)
      return { output: { data: look.record, raw: look.record, statusCode: 200, message } }
    }
    if (!sentAgain) return outcome
  }
}

async function sendWrite(
  plan: RequestPlan,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  try {
    return toOutcome(await sendRequest(plan, context, run, step))
  } catch (error) {
    if (error instanceof MainspringError && error.code === 'write/outcome-unknown')
      return { output: undefined, error }
    throw error
  }
}

/** Never throws: a look that fails says nothing about the write. */
async function lookForRecord(
  lookup: LookupPlan,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<Look> {
  const wanted = Object.entries(lookup.match(context))
  // A value that is missing would be found in every record, or in none.
  if (wanted.length === 0 || wanted.some(([, value]) => value === undefined || value === null))
    return { found: 'unclear' }
  try {
    const found: unknown[] = []
    let seen = 0
    for await (const row of rowsOf(lookup, context, run, step)) {
      seen += 1
      if (seen > maxRows) return { found: 'unclear' }
      if (wanted.every(([path, value]) => isDeepStrictEqual(readPath(row, path), value))) found.push(row)
    }
    const [record, ...others] = found
    if (others.length > 0) return { found: 'unclear' }
    return found.length === 0 ? { found: 'absent' } : { found: 'found', record }
  } catch {
    return { found: 'unclear' }
  }
}

async function* rowsOf(
  lookup: LookupPlan,
  context: RunContext,
  run: RunState,
  step: string,
): AsyncGenerator<unknown, void, undefined> {
  const { plan, context: outer } = run.call
  const action = plan.actionsById[lookup.action]
  if (action === undefined) return
  const given = Object.entries(lookup.inputs(context)).filter(([, value]) => value !== undefined)
  const { files: _files, inputs: _inputs, credentials: _credentials, observer, ...rest } = run.options
  // Plain credentials do not say whose they are.
  const { name } = accountIdentityOf(run.call, run.options)
  const options: RunOptions = {
    ...rest,
    ...(name === undefined ? {} : { account: name }),
    inputs: Object.fromEntries(given),
    credentials: outer.credentials,
    allowPreview: true,
    // Its requests are those of this step; beginning and end of the look are nobody's concern.
    observer(event) {
      if (event.type !== 'http') return
      if (event.event.type === 'request') run.requests += 1
      if (observer !== undefined) emit(run, { type: 'http', step, event: event.event })
    },
  }
  const call = prepareActionCall(plan, action, options)
  let cursor = {}
  for (;;) {
    const page = { ...call, context: { ...call.context, steps: {}, intermediateSteps: {} } }
    const { result, next } = await run.runOnce(
      page,
      { ...options, timeoutMs: remainingMs(run) },
      cursor,
      run.session,
    )
    yield* Array.isArray(result.data) ? result.data : [result.data]
    // A definition that pages by its own cursor is looked at as far as one page: more is not proven.
    if (result.next !== undefined) throw new Error('there is more')
    if (next === undefined) return
    cursor = next
  }
}

function readPath(row: unknown, path: string): unknown {
  let value = row
  for (const key of path.split('.')) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}
