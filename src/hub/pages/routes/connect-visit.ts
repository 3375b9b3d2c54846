import type { FastifyRequest } from 'fastify'
import { HubError } from '../../hub-error.ts'
import { isAllowedOrigin } from '../../server/allow-origins.ts'
import type { ConnectSessionRecord } from '../../store/index.ts'
import { type PageTools, readQuery } from '../http/index.ts'
import type { PageContext } from '../layout/index.ts'

/** Somebody with the token of a connect session: at an auth link, from the dashboard, or in a frame. */
export interface ConnectVisit {
  readonly session: ConnectSessionRecord
  readonly context: PageContext
  /** The page around the frame, found among the allowed origins. */
  readonly parentOrigin?: string
  /** In a window of its own that the frame has opened: providers do not let their pages be shown in frames. */
  readonly isPopup: boolean
  /** An address of this session's pages: `''` for the form, `/done` for the confirmation; an empty parameter is left out. */
  href(path: string, parameters?: Readonly<Record<string, string>>): string
}

/** @throws {HubError} `hub/session-expired`; `hub/forbidden`: a frame of an origin that is not allowed */
export async function connectVisit(request: FastifyRequest, tools: PageTools): Promise<ConnectVisit> {
  const { connectSessions } = tools.services
  const { token } = request.params as { token: string }
  const session = await (token.startsWith('link_')
    ? connectSessions.findByLink(token)
    : connectSessions.findByToken(token))
  const parentOrigin = await parentOf(request, tools, session.projectId)
  const theme = readQuery(request).text('theme')
  const isPopup = readQuery(request).text('popup') === 'yes'
  const context = await tools.context(session.projectId)
  const kept = Object.entries({
    embed: parentOrigin ?? '',
    theme,
    provider: readQuery(request).text('provider'),
    popup: isPopup ? 'yes' : '',
  })
  return {
    session,
    isPopup,
    context: { ...context, ...(theme === 'light' || theme === 'dark' ? { theme } : {}) },
    ...(parentOrigin === undefined ? {} : { parentOrigin }),
    href(path, parameters = {}) {
      const query = new URLSearchParams(kept.filter(([, value]) => value !== ''))
      for (const [name, value] of Object.entries(parameters)) {
        if (value === '') query.delete(name)
        else query.set(name, value)
      }
      return `/connect/${encodeURIComponent(token)}${path}${query.size === 0 ? '' : `?${query}`}`
    },
  }
}

/** The origin that asks to show the page in a frame, where it may. */
export async function parentOf(
  request: FastifyRequest,
  { services }: PageTools,
  projectId: string,
): Promise<string | undefined> {
  const embed = readQuery(request).text('embed')
  if (embed === '') return undefined
  const { allowedOrigins } = await services.settings.get(projectId)
  if (URL.canParse(embed) && isAllowedOrigin(new URL(embed).origin, allowedOrigins, services.baseUrl()))
    return new URL(embed).origin
  throw new HubError('hub/forbidden', { message: `Pages of ${embed} may not embed the hub.` })
}
