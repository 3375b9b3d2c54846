import type { FastifyInstance } from 'fastify'
import type { RunEvent } from '../../../engine/index.ts'
import { MainspringError } from '../../../errors/index.ts'
import { type ActionPlan, type ExplainedRequest, renderHttp } from '../../../plan/index.ts'
import { callerOfLogin } from '../../runs/caller.ts'
import { RunLog } from '../../runs/run-log.ts'
import type { AccountOffer } from '../../runs/runs.ts'
import { type FormValues, forPeople, type PageTools, readForm, readQuery, type Visit } from '../http/index.ts'
import {
  accountTitle,
  callSnippets,
  controlName,
  eventLines,
  inputFields,
  readInputs,
  requestBars,
} from '../models/index.ts'
import {
  type TryFailure,
  type TryModel,
  type TryOutcome,
  type TryRequest,
  tryRequest,
  trySnippets,
  tryView,
} from '../views/index.ts'

/** Accounts that can be chosen; more are found on the accounts page. */
const maxAccounts = 100

/** Running actions by hand. */
export function tryRoutes(app: FastifyInstance, tools: PageTools): void {
  const { accounts, runs, baseUrl } = tools.services

  const callerOf = ({ projectId, actor }: Visit) =>
    callerOfLogin(projectId, actor.kind === 'system' ? '' : actor.id)

  const prepare = async (visit: Visit, form: FormValues) => {
    const records = await accounts.list(visit.projectId, {}, { limit: maxAccounts, offset: 0 })
    const wanted = form.text('account')
    const usable = records.filter(({ status, id }) => status !== 'inactive' || id === wanted)
    const account = usable.find(({ id }) => id === wanted) ?? usable[0]
    const offer = account && (await runs.offer(callerOf(visit), account.id))
    const offered = offer?.offered() ?? []
    const action = offered.find((one) => one.action.qualifiedId === form.text('action')) ?? offered[0]
    const choice = {
      accounts: usable.map((record) => ({ id: record.id, title: accountTitle(record) })),
      accountId: account?.id ?? '',
      actions: offered.map((one) => ({
        id: one.action.qualifiedId,
        label: one.action.label,
        effect: one.action.effect,
      })),
      actionId: action?.action.qualifiedId ?? '',
    }
    return { choice, offer, action: action?.action }
  }

  const requestOf = async (
    visit: Visit,
    offer: AccountOffer,
    action: ActionPlan,
    form: FormValues,
  ): Promise<TryRequest> => {
    const { inputs, errors } = readInputs(action, form)
    const [[name, message] = []] = Object.entries(errors)
    if (name !== undefined)
      return {
        failure: { code: 'input/invalid', message: `${name}: ${message}`, hint: 'Correct the field.' },
      }
    try {
      const explanation = await runs.explain(callerOf(visit), {
        accountId: offer.account.id,
        action: action.qualifiedId,
        inputs,
      })
      const texts = explanation.requests.map((one: ExplainedRequest) => renderHttp([{ ...one, sources: [] }]))
      return { explanation: { ...explanation, texts } }
    } catch (thrown) {
      return { failure: failureOf(thrown) }
    }
  }

  const snippetsOf = (offer: AccountOffer, action: ActionPlan, form: FormValues) =>
    callSnippets({
      action,
      accountId: offer.account.id,
      inputs: readInputs(action, form).inputs,
      baseUrl: baseUrl(),
    })

  const show = async (visit: Visit, form: FormValues, outcome?: TryOutcome): Promise<TryModel> => {
    const { choice, offer, action } = await prepare(visit, form)
    if (offer === undefined || action === undefined) return { choice }
    const { errors } = readInputs(action, form)
    return {
      choice,
      action: {
        label: action.label,
        description: action.description,
        effect: action.effect,
        stage: action.stage,
        fields: inputFields(action, form, errors),
        request: await requestOf(visit, offer, action, form),
        snippets: snippetsOf(offer, action, form),
        ...(outcome === undefined ? {} : { outcome }),
      },
    }
  }

  app.get('/try', forPeople, async (request, reply) => {
    const visit = await tools.visit(request)
    return tools.send(reply, tryView(visit.context, await show(visit, readQuery(request))), visit.context)
  })

  app.post('/try', async (request, reply) => {
    const visit = await tools.change(request)
    const form = readForm(request)
    const { offer, action } = await prepare(visit, form)
    const isRun = form.text('only') !== 'request' && offer !== undefined && action !== undefined
    const outcome = isRun ? await runOnce(visit, offer, action, form, request.id) : undefined
    return tools.send(reply, tryView(visit.context, await show(visit, form, outcome)), visit.context)
  })

  app.post('/try/request', async (request, reply) => {
    const visit = await tools.change(request)
    const form = readForm(request)
    const { offer, action } = await prepare(visit, form)
    if (offer === undefined || action === undefined) return reply.code(404).send()
    const parts = {
      request: String(tryRequest(await requestOf(visit, offer, action, form))),
      snippets: String(trySnippets(snippetsOf(offer, action, form))),
    }
    return reply.header('cache-control', 'no-store').send(parts)
  })

  async function runOnce(
    visit: Visit,
    offer: AccountOffer,
    action: ActionPlan,
    form: FormValues,
    requestId: string,
  ): Promise<TryOutcome> {
    const { inputs, errors } = readInputs(action, form)
    const log = new RunLog(true)
    const startedAt = performance.now()
    const told = () => ({
      durationMs: performance.now() - startedAt,
      requests: log.requests,
      bars: requestBars(log.told()),
      lines: eventLines(log.told()),
    })
    if (Object.keys(errors).length > 0)
      return {
        ...told(),
        failure: {
          code: 'input/invalid',
          message: 'Some fields cannot be read.',
          hint: 'Correct the fields that are marked. Nothing was sent.',
        },
      }
    try {
      const { data, next } = await runs.run(callerOf(visit), {
        accountId: offer.account.id,
        action: action.qualifiedId,
        inputs,
        source: 'try-it',
        requestId,
        observer: (event: RunEvent) => log.observe(event),
      })
      const { listing } = action
      return {
        ...told(),
        data,
        ...(next === undefined || listing === undefined
          ? {}
          : { next, cursorControl: controlName({ name: listing.cursorInput }) }),
      }
    } catch (thrown) {
      return { ...told(), failure: failureOf(thrown) }
    }
  }
}

function failureOf(thrown: unknown): TryFailure {
  if (!(thrown instanceof MainspringError)) throw thrown
  const { code, message, hint, providerMessage } = thrown
  return { code, message, hint, ...(providerMessage === undefined ? {} : { providerMessage }) }
}
