import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CliError, ConfirmationNeededError, InputError, PolicyError } from '../../errors/index.ts'
import type { ActionPlan, ConfirmedCall, ConfirmedCalls, Explanation } from '../../plan/index.ts'

/** What is kept of a token: never the token itself. */
interface KeptConfirmation {
  readonly fingerprint: string
  readonly expiresAt: string
}

/** Where tokens wait, by their hashes. */
export interface ConfirmationPlace {
  put(hash: string, kept: KeptConfirmation): Promise<void>
  find(hash: string): Promise<KeptConfirmation | undefined>
  /** @returns whether it was there: of two that take it out, one is told so */
  remove(hash: string): Promise<boolean>
}

const lifeMs = 10 * 60_000

/** For tokens that end with the process. */
export function memoryPlace(): ConfirmationPlace {
  const kept = new Map<string, KeptConfirmation>()
  return {
    put: async (hash, confirmation) => void kept.set(hash, confirmation),
    find: async (hash) => kept.get(hash),
    remove: async (hash) => kept.delete(hash),
  }
}

/** For tokens between two commands: a file each, in a folder of the user. */
export function folderPlace(env: Readonly<Record<string, string | undefined>>): ConfirmationPlace {
  const state = env['XDG_STATE_HOME'] || join(env['HOME'] ?? '.', '.local', 'state')
  const folder = join(state, 'mainspring', 'confirmations')
  return {
    async put(hash, confirmation) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await removeOld(folder)
        await writeFile(join(folder, hash), JSON.stringify(confirmation), { mode: 0o600, flag: 'wx' })
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
        throw new CliError('cli/file', { message: `A confirmation cannot be kept in ${folder} (${reason}).` })
      }
    },
    async find(hash) {
      try {
        return JSON.parse(await readFile(join(folder, hash), 'utf8')) as KeptConfirmation
      } catch {
        return undefined
      }
    },
    async remove(hash) {
      return rm(join(folder, hash)).then(
        () => true,
        () => false,
      )
    },
  }
}

/** What was never used is not kept for ever. */
async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const { mtimeMs = Date.now() } = (await stat(path).catch(() => undefined)) ?? {}
    if (Date.now() - mtimeMs > lifeMs) await rm(path, { force: true })
  }
}

export interface ConfirmWish {
  readonly action: ActionPlan
  readonly call: ConfirmedCall
  readonly which: ConfirmedCalls
  /** What was given with the call. */
  readonly token: string | undefined
  /** `DELETE https://…` of each request. @throws what a run would refuse */
  readonly requests: () => readonly string[]
}

/**
 * Lets a call through, or refuses it with a token that stands for it, before anything is sent.
 *
 * @throws {ConfirmationNeededError} `policy/confirmation-needed`
 * @throws {PolicyError} `policy/confirmation-invalid`
 */
export async function confirmCall(
  {
    asksConfirmation,
    callFingerprint,
  }: Pick<typeof import('../../plan/index.ts'), 'asksConfirmation' | 'callFingerprint'>,
  place: ConfirmationPlace,
  { action, call, which, token, requests }: ConfirmWish,
): Promise<void> {
  if (!asksConfirmation(action, which, call.inputs)) return
  const at = { action: action.qualifiedId }
  const fingerprint = callFingerprint(call)
  if (token !== undefined) {
    const invalid = (message: string) => new PolicyError('policy/confirmation-invalid', { ...at, message })
    const hash = hashOf(token)
    const kept = await place.find(hash)
    if (kept === undefined || Date.parse(kept.expiresAt) <= Date.now())
      throw invalid('The confirmation is unknown, was used, or is too old.')
    if (kept.fingerprint !== fingerprint)
      throw invalid('The confirmation stands for another call: target, action or inputs differ.')
    if (!(await place.remove(hash))) throw invalid('The confirmation was used already.')
    return
  }
  const told = requests()
  const made = `cfm_${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(Date.now() + lifeMs).toISOString()
  await place.put(hashOf(made), { fingerprint, expiresAt })
  throw new ConfirmationNeededError(
    { token: made, expiresAt, by: 'caller', requests: told },
    { ...at, message: `"${action.qualifiedId}" was not run: it has to be confirmed.` },
  )
}

/** `DELETE https://…` of each; nothing where that cannot be told. @throws what a run would refuse */
export function requestsOf(explain: () => Pick<Explanation, 'requests'>): readonly string[] {
  try {
    return explain().requests.map(({ method, url }) => `${method} ${url}`)
  } catch (thrown) {
    if (thrown instanceof InputError || thrown instanceof PolicyError) throw thrown
    return []
  }
}

/** Which calls of a command are confirmed, by `MAINSPRING_CONFIRM`. @throws {CliError} `cli/usage` */
export function confirmedByEnvironment(env: Readonly<Record<string, string | undefined>>): ConfirmedCalls {
  const which = env['MAINSPRING_CONFIRM'] || 'none'
  if (which === 'none' || which === 'removals' || which === 'writes') return which
  throw new CliError('cli/usage', { message: 'MAINSPRING_CONFIRM has to be none, removals or writes.' })
}

/** Whose data a command works on, without telling it: where it goes, and with which credentials. */
export function accountOfCommand(
  target: string,
  environment: string | undefined,
  credentials: Readonly<Record<string, unknown>>,
): string {
  const text = JSON.stringify([target, environment ?? '', Object.entries(credentials).sort()])
  return createHash('sha256').update(text).digest('hex')
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
