import { CliError } from '../errors/index.ts'
import type { Firm } from './data/firm.ts'
import type { Candidacy } from './data/records.ts'
import { candidacyView } from './data/views.ts'
import type { Emulator, Incoming } from './emulator.ts'
import { checkFaultRule } from './faults/check.ts'
import { parseFault } from './faults/parse.ts'
import { notFound, Refusal, unprocessable } from './refusal.ts'
import type { Reply } from './reply.ts'
import { parseBody } from './request-body.ts'
import { routes } from './routes/index.ts'
import { WriteFields } from './write-fields.ts'

/** The first segment of every control path. */
export const controlRoot = '__sandbox'

/** Counts up when the control endpoint changes in a way that breaks its callers. */
const controlVersion = 1

/** Answers a request to the control endpoint, which needs no credentials and is no part of the provider. */
export async function control(
  emulator: Emulator,
  { method, target, headers, body }: Incoming,
): Promise<Reply> {
  try {
    if (!isLoopbackHost(headers.host))
      throw new Refusal(403, 'The control endpoint answers loopback names only')
    if (body instanceof Refusal) throw body
    const [, name = '', id, more] = target.segments ?? []
    if (more !== undefined) throw notFound()
    const path = id === undefined ? name : `${name}/:id`
    const run = controls[`${method} ${path}`]
    if (run === undefined) throw refusalFor(path)
    const value = method === 'POST' ? parseBody(body, undefined) : null
    return { status: 200, body: await run(emulator, value, id ?? '') }
  } catch (error) {
    if (error instanceof CliError) return { status: 400, body: { message: error.message, hint: error.hint } }
    if (!(error instanceof Refusal)) throw error
    return { status: error.status, headers: error.headers, body: { message: error.message } }
  }
}

type Control = (emulator: Emulator, body: unknown, id: string) => unknown

const controls: Readonly<Record<string, Control | undefined>> = {
  'GET info': ({ credentials, settings }) => ({
    sandbox: 'clockwork',
    version: controlVersion,
    apiVersion: 'v3.0',
    seed: settings.seed,
    people: settings.people,
    credentials: credentials[0] ?? {},
    firms: credentials,
    endpoints: routes.map(({ method, path, evidence }) => ({ method, path, evidence })),
  }),
  'GET requests': ({ log }) => ({ requests: log.entries }),
  'GET deliveries': ({ deliveries }) => ({ deliveries: deliveries.recorded }),
  'POST faults': ({ faults }, body) => {
    if (!Array.isArray(body)) throw unprocessable('The body is a list of rules; an empty one clears them')
    faults.set(body.map((rule) => (typeof rule === 'string' ? parseFault(rule) : checkFaultRule(rule))))
    return { faults: body.length }
  },
  'POST reset': (emulator) => {
    emulator.reset()
    return {}
  },
  'POST candidacies/:id': async ({ firms, settings, deliveries }, body, id) => {
    const firm = firms.find(({ candidacies }) => candidacies.indexOf(id) !== -1)
    if (firm === undefined) throw notFound()
    const candidacy = changeCandidacy(firm, id, new WriteFields(body, null), settings.clock().getTime())
    const delivered = await deliveries.candidacyUpdated(firm, candidacy)
    return { candidacy: candidacyView(candidacy, null), deliveries: delivered }
  },
}

/** Checks all fields before the first change. `status` is a name, `status_id` an id. */
function changeCandidacy(firm: Firm, id: string, fields: WriteFields, now: number): Candidacy {
  const change: Partial<Candidacy> = { updatedAt: now }
  const statusName = fields.text('status')?.toLowerCase()
  const statusId = fields.text('statusId')
  if (statusName !== undefined || statusId !== null) {
    const statuses = [...firm.statuses.slice(0, firm.statuses.size)]
    const status = statuses.find((own) => own.id === statusId || own.name.toLowerCase() === statusName)
    if (status === undefined) throw unprocessable('The firm has no such status')
    change.statusId = status.id
  }
  const rank = fields.integer('rank', 1, 100_000)
  if (rank !== null) change.rank = rank
  for (const name of nullableTexts) {
    const value = fields.text(name)
    if (fields.has(name)) change[name] = value
  }
  const [unknown] = fields.unread()
  if (unknown !== undefined) throw unprocessable(`A candidacy has no ${unknown} to change`)
  return Object.assign(firm.candidacies.edit(firm.candidacies.indexOf(id)), change)
}

const nullableTexts = [
  'stoplightStatus',
  'colorCategory',
  'assessmentNoteId',
  'nextStepsNoteId',
  'overviewNoteId',
] as const

function refusalFor(path: string): Refusal {
  const allowed = Object.keys(controls).find((key) => key.endsWith(` ${path}`))
  if (allowed === undefined) return notFound()
  return new Refusal(405, 'Method Not Allowed', { Allow: allowed.split(' ')[0] ?? '' })
}

/** A page in a browser could otherwise reach the endpoint through a name of its own that means 127.0.0.1. */
function isLoopbackHost(host: string | undefined): boolean {
  return /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/.test(host ?? '')
}
