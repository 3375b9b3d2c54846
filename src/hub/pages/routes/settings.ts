import type { FastifyInstance } from 'fastify'
import { HubError } from '../../hub-error.ts'
import type { ApiKeyScope } from '../../store/index.ts'
import { type PageTools, readForm, type Visit } from '../http/index.ts'
import { keysView, lookView, originsView } from '../views/index.ts'

const scopeChoices: Readonly<Record<string, readonly ApiKeyScope[]>> = {
  read: ['read'],
  'read write': ['read', 'write'],
  'read write admin': ['read', 'write', 'admin'],
}

/** Time to bring the new text to where the old one is used. */
const rotationGraceMs = 86_400_000

/** API keys, white label, allowed origins. */
export function settingsRoutes(app: FastifyInstance, tools: PageTools): void {
  const { keys, settings } = tools.services
  const keyModels = async (projectId: string) =>
    (await keys.list(projectId)).filter(({ revokedAt }) => revokedAt === null)

  app.get('/settings', async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    return tools.send(reply, keysView(context, { keys: await keyModels(projectId) }), context)
  })

  app.post('/settings/keys', async (request, reply) => {
    const { projectId, actor, context } = await tools.change(request)
    const form = readForm(request)
    const name = form.text('name').slice(0, 80)
    if (name === '') {
      const page = keysView(context, { keys: await keyModels(projectId), error: 'The key needs a name.' })
      return tools.send(reply, page, context, { status: 422 })
    }
    const scopes = scopeChoices[form.text('scopes')] ?? ['read']
    const { key } = await keys.create(projectId, { name, scopes }, actor)
    // In this answer and nowhere else: no address holds it, and no reload brings it back.
    return tools.send(
      reply,
      keysView(context, { keys: await keyModels(projectId), fresh: { name, key } }),
      context,
    )
  })

  app.post('/settings/keys/:id/rotate', async (request, reply) => {
    const { projectId, actor, context } = await tools.change(request)
    const { key, record } = await keys.rotate(
      projectId,
      (request.params as { id: string }).id,
      actor,
      rotationGraceMs,
    )
    const fresh = { name: record.name, key }
    return tools.send(reply, keysView(context, { keys: await keyModels(projectId), fresh }), context)
  })

  app.post('/settings/keys/:id/revoke', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    await keys.revoke(projectId, (request.params as { id: string }).id, actor)
    return tools.goTo(reply, '/settings', 'key-revoked')
  })

  app.get('/settings/look', async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const { hubName, logoUrl, accentColor, accentColorDark, hideHubSections } = await settings.get(projectId)
    const values = {
      hubName,
      logoUrl: logoUrl ?? '',
      accentColor: accentColor ?? '',
      accentColorDark: accentColorDark ?? '',
      hideHubSections,
    }
    return tools.send(reply, lookView(context, { values }), context)
  })

  app.post('/settings/look', async (request, reply) => {
    const visit = await tools.change(request)
    const form = readForm(request)
    const values = {
      hubName: form.text('hubName'),
      logoUrl: form.text('logoUrl'),
      accentColor: form.text('accentColor'),
      accentColorDark: form.text('accentColorDark'),
      hideHubSections: form.text('hideHubSections') === 'yes',
    }
    const orNull = (text: string) => (text === '' ? null : text)
    const problem = await refusalOf(visit, {
      hubName: values.hubName,
      logoUrl: orNull(values.logoUrl),
      accentColor: orNull(values.accentColor),
      accentColorDark: orNull(values.accentColorDark),
      hideHubSections: values.hideHubSections,
    })
    if (problem === undefined) return tools.goTo(reply, '/settings/look', 'saved')
    return tools.send(reply, lookView(visit.context, { values, error: problem }), visit.context, {
      status: 422,
    })
  })

  app.get('/settings/origins', async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const { allowedOrigins } = await settings.get(projectId)
    return tools.send(reply, originsView(context, { text: allowedOrigins.join('\n') }), context)
  })

  app.post('/settings/origins', async (request, reply) => {
    const visit = await tools.change(request)
    const text = readForm(request).text('origins')
    const problem = await refusalOf(visit, {
      allowedOrigins: text
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(asOrigin),
    })
    if (problem === undefined) return tools.goTo(reply, '/settings/origins', 'saved')
    return tools.send(reply, originsView(visit.context, { text, error: problem }), visit.context, {
      status: 422,
    })
  })

  /** Saves. @returns what is wrong with the values, for the person who typed them */
  async function refusalOf(
    { projectId, actor }: Visit,
    changes: Parameters<typeof settings.update>[1],
  ): Promise<string | undefined> {
    try {
      await settings.update(projectId, changes, actor)
      return undefined
    } catch (error) {
      if (error instanceof HubError && error.code === 'hub/invalid-request') return error.message
      throw error
    }
  }
}

/** A pasted address with a slash at its end, or in capitals, is forgiven. */
function asOrigin(text: string): string {
  if (!URL.canParse(text)) return text
  const { origin, pathname, search, hash } = new URL(text)
  return pathname === '/' && search === '' && hash === '' ? origin : text
}
