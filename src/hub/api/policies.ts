import { type Static, Type } from 'typebox'
import { HubError } from '../hub-error.ts'
import type { Policy } from '../policies/policies.ts'
import { isPolicySubject, type PolicyRules, type PolicySubject } from '../policies/policy-rules.ts'
import { requireKey } from '../server/authenticate.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { PolicyJson, PolicyRulesJson } from './run-schemas.ts'
import { closed, ErrorJson } from './schemas.ts'

const tags = ['Policies']
const params = Type.Object({
  subject: Type.String({ description: '`project`, `agents`, `key:<id>` or `account:<id>`.' }),
})

/** What callers may run. */
export const policyRoutes: ApiPlugin = async (app, { services }) => {
  const { policies } = services
  app.get(
    '/policies',
    {
      schema: {
        tags,
        summary: 'List policies; every one that applies to a caller has to allow a run',
        security: withKey,
        response: { 200: Type.Array(PolicyJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'admin')
      return (await policies.list(projectId)).map(policyJson)
    },
  )
  app.put(
    '/policies/:subject',
    {
      schema: {
        tags,
        summary: 'Set a policy; what is left out stays as it is',
        security: withKey,
        params,
        body: Type.Partial(PolicyRulesJson, closed),
        response: { 200: PolicyJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, actor } = await requireKey(request, services, 'admin')
      const subject = readSubject(request.params.subject)
      const before = (await policies.get(projectId, subject)).rules
      return policyJson(
        await policies.save(projectId, subject, { ...before, ...readRules(request.body) }, actor),
      )
    },
  )
  app.delete(
    '/policies/:subject',
    {
      schema: {
        tags,
        summary: 'Set a policy back to its default',
        security: withKey,
        params,
        response: { 200: PolicyJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, actor } = await requireKey(request, services, 'admin')
      return policyJson(await policies.reset(projectId, readSubject(request.params.subject), actor))
    },
  )
}

function readSubject(text: string): PolicySubject {
  if (isPolicySubject(text)) return text
  throw new HubError('hub/invalid-request', {
    message:
      'The subject of a policy is project, agents, key:<id of an API key> or account:<id of an account>.',
  })
}

function readRules(body: Partial<Static<typeof PolicyRulesJson>>): Partial<PolicyRules> {
  const rules = {
    connectors: body.connectors,
    actions: body.actions,
    exceptActions: body.except_actions,
    methods: body.methods,
    readOnly: body.read_only,
    allowPreview: body.allow_preview,
    allowPassthroughWrites: body.allow_passthrough_writes,
    confirm: body.confirm,
    confirmBy: body.confirm_by,
  }
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined))
}

function policyJson({ subject, rules, updatedAt }: Policy): Static<typeof PolicyJson> {
  return {
    subject,
    updated_at: updatedAt ?? null,
    connectors: rules.connectors === null ? null : [...rules.connectors],
    actions: rules.actions === null ? null : [...rules.actions],
    except_actions: [...rules.exceptActions],
    methods: rules.methods === null ? null : ([...rules.methods] as Static<typeof PolicyJson>['methods']),
    read_only: rules.readOnly,
    allow_preview: rules.allowPreview,
    allow_passthrough_writes: rules.allowPassthroughWrites,
    confirm: rules.confirm,
    confirm_by: rules.confirmBy,
  }
}
