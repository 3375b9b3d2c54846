import type { FastifyInstance } from 'fastify'
import { confirmedCalls } from '../../../plan/index.ts'
import { HubError } from '../../hub-error.ts'
import { keyBeginning } from '../../keys/key-beginning.ts'
import type { Policy } from '../../policies/policies.ts'
import { isPolicySubject, type PolicyRules, type PolicySubject } from '../../policies/policy-rules.ts'
import { type FormValues, forPeople, type PageTools, readForm } from '../http/index.ts'
import { accountTitle } from '../models/index.ts'
import { type PolicyFormModel, policiesView, policyView } from '../views/index.ts'

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Who may run what. */
export function policyRoutes(app: FastifyInstance, tools: PageTools): void {
  const { policies, keys, accounts, catalog } = tools.services
  const subjectOf = (request: { readonly params: unknown }): PolicySubject => {
    const { subject } = request.params as { subject: string }
    if (isPolicySubject(subject)) return subject
    throw new HubError('hub/not-found', { message: 'There is no such policy.' })
  }
  const nameOf = async (projectId: string, subject: PolicySubject) => {
    if (subject === 'project') return { title: 'Everybody', who: 'Every run in this hub' }
    if (subject === 'agents') return { title: 'Agents', who: 'Whoever comes by MCP, whatever the key' }
    if (subject.startsWith('account:')) {
      const id = subject.slice('account:'.length)
      const account = await accounts.get(projectId, id).catch(() => undefined)
      return {
        title: account === undefined ? `${id} (gone)` : accountTitle(account),
        who: 'Whatever is done with this account',
      }
    }
    const key = (await keys.list(projectId)).find(({ id }) => `key:${id}` === subject)
    if (key === undefined) throw new HubError('hub/key-unknown', { message: 'There is no such API key.' })
    return { title: key.name, who: `Whoever has the key ${keyBeginning(key)}` }
  }

  app.get('/policies', forPeople, async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const inForce = (await keys.list(projectId)).filter(({ revokedAt }) => revokedAt === null)
    const ofAccounts = (await policies.list(projectId)).map(({ subject }) => subject)
    const subjects: PolicySubject[] = [
      'project',
      'agents',
      ...inForce.map(({ id }) => `key:${id}` as const),
      ...ofAccounts.filter((subject) => subject.startsWith('account:')),
    ]
    const rows = await Promise.all(
      subjects.map(async (subject) => {
        const policy = await policies.get(projectId, subject)
        return {
          subject,
          ...(await nameOf(projectId, subject)),
          limits: limitsOf(policy),
          isDefault: policy.updatedAt === undefined,
        }
      }),
    )
    return tools.send(reply, policiesView(context, rows), context)
  })

  app.get('/policies/:subject', forPeople, async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const subject = subjectOf(request)
    const { rules, updatedAt } = await policies.get(projectId, subject)
    const name = await nameOf(projectId, subject)
    const model = { subject, ...name, ...formOf(rules), isDefault: updatedAt === undefined }
    return tools.send(reply, policyView(context, model), context)
  })

  app.post('/policies/:subject', async (request, reply) => {
    const { projectId, actor, context } = await tools.change(request)
    const subject = subjectOf(request)
    const name = await nameOf(projectId, subject)
    const rules = rulesOf(readForm(request))
    const known = new Set((await catalog.listings()).map(({ key }) => key))
    const stranger = rules.connectors?.find((key) => !known.has(key))
    if (stranger !== undefined) {
      const error = `There is no connector "${stranger}" in the catalog.`
      const model = { subject, ...name, ...formOf(rules), isDefault: false, error }
      return tools.send(reply, policyView(context, model), context, { status: 422 })
    }
    await policies.save(projectId, subject, rules, actor)
    return tools.goTo(reply, '/policies', 'saved')
  })

  app.post('/policies/:subject/reset', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    await policies.reset(projectId, subjectOf(request), actor)
    return tools.goTo(reply, '/policies', 'saved')
  })
}

function formOf(
  rules: PolicyRules,
): Omit<PolicyFormModel, 'subject' | 'title' | 'who' | 'isDefault' | 'error'> {
  return {
    connectors: (rules.connectors ?? []).join('\n'),
    actions: (rules.actions ?? []).join('\n'),
    exceptActions: rules.exceptActions.join('\n'),
    methods: methods.map((name) => ({
      name,
      allowed: rules.methods === null || rules.methods.includes(name),
    })),
    readOnly: rules.readOnly,
    allowPreview: rules.allowPreview,
    allowPassthroughWrites: rules.allowPassthroughWrites,
    confirm: rules.confirm,
    confirmBy: rules.confirmBy,
  }
}

function rulesOf(form: FormValues): PolicyRules {
  const lines = (name: string) =>
    form
      .text(name)
      .split(/[\s,]+/)
      .filter(Boolean)
  const listed = (name: string) => (lines(name).length === 0 ? null : lines(name))
  const allowed = methods.filter((name) => form.text(`method-${name}`) !== '')
  return {
    connectors: listed('connectors'),
    actions: listed('actions'),
    exceptActions: lines('exceptActions'),
    methods: allowed.length === methods.length ? null : allowed,
    readOnly: form.text('readOnly') !== '',
    allowPreview: form.text('allowPreview') !== '',
    allowPassthroughWrites: form.text('allowPassthroughWrites') !== '',
    confirm: confirmedCalls.find((which) => which === form.text('confirm')) ?? 'none',
    confirmBy: form.text('confirmBy') === 'operator' ? 'operator' : 'caller',
  }
}

function limitsOf({ rules }: Policy): string[] {
  return [
    ...(rules.readOnly ? ['Reading alone'] : []),
    ...(rules.connectors === null ? [] : [`Connectors: ${rules.connectors.join(', ')}`]),
    ...(rules.actions === null ? [] : [`Actions: ${rules.actions.join(', ')}`]),
    ...(rules.exceptActions.length === 0 ? [] : [`Not: ${rules.exceptActions.join(', ')}`]),
    ...(rules.methods === null ? [] : [`Methods: ${rules.methods.join(', ') || 'none'}`]),
    ...(rules.allowPreview ? [] : ['No preview actions']),
    ...(rules.allowPassthroughWrites ? [] : ['No writes by proxy or passthrough']),
    ...(rules.confirm === 'none' ? [] : [confirmText(rules)]),
  ]
}

function confirmText({ confirm, confirmBy }: PolicyRules): string {
  const what = confirm === 'removals' ? 'What takes something away' : 'Every write'
  return `${what} is confirmed${confirmBy === 'operator' ? ' by an operator' : ''}`
}
