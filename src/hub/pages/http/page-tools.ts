import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Html, themeCss } from '../../../ui/index.ts'
import type { Actor } from '../../audit/actor.ts'
import { HubError } from '../../hub-error.ts'
import { findLogin } from '../../server/authenticate.ts'
import type { HubServices } from '../../services.ts'
import type { LoadedAssets } from '../assets/load-assets.ts'
import type { Brand, DashboardContext, PageContext } from '../layout/index.ts'
import { readForm, readQuery } from './form-values.ts'
import { type SaidKey, saidText } from './said-texts.ts'
import { type SendOptions, sendPage } from './send-page.ts'

/** Somebody who is signed in, and the page's context for them. */
export interface Visit {
  readonly projectId: string
  readonly actor: Actor
  readonly context: DashboardContext
}

/** What the routes of all pages share. */
export interface PageTools {
  readonly services: HubServices
  /** For somebody who is not signed in. */
  context(projectId: string): Promise<PageContext>
  /** @throws {NotSignedIn} */
  visit(request: FastifyRequest): Promise<Visit>
  /** For a form that changes something. @throws {NotSignedIn} @throws {HubError} `hub/forbidden`: not from a page of ours */
  change(request: FastifyRequest): Promise<Visit>
  send(reply: FastifyReply, page: Html, context: PageContext, options?: SendOptions): FastifyReply
  /** Goes on to a page after a change, which says what was done. */
  goTo(reply: FastifyReply, path: string, said?: SaidKey): FastifyReply
}

/** Nobody is signed in: the page of signing in follows. */
export class NotSignedIn extends Error {}

export function createPageTools(services: HubServices, assets: LoadedAssets): PageTools {
  const context = async (projectId: string): Promise<PageContext> => {
    const [settings, integrations] = await Promise.all([
      services.settings.get(projectId),
      services.integrations.list(projectId),
    ])
    const brand: Brand = {
      name: settings.hubName,
      ...(settings.logoUrl === null ? {} : { logoUrl: settings.logoUrl }),
      themeHref: themeHref({ light: settings.accentColor, dark: settings.accentColorDark }),
    }
    // A provider's own test environment is one choice among others; an origin of the operator's stands in for the provider.
    const sandboxes = integrations.filter(
      ({ active, accountType, origin }) => active && accountType === 'test' && origin !== undefined,
    )
    return {
      brand,
      assets: assets.pageAssets,
      sandboxes: [...new Set(sandboxes.map(({ connector }) => connector.title))],
      now: services.clock(),
    }
  }
  const visit = async (request: FastifyRequest): Promise<Visit> => {
    const login = await findLogin(request, services)
    if (login === undefined) throw new NotSignedIn()
    const said = saidText(readQuery(request).raw('said'))
    return {
      projectId: login.projectId,
      actor: { kind: 'login', id: login.id },
      context: {
        ...(await context(login.projectId)),
        csrfToken: login.csrfToken,
        ...(said === undefined ? {} : { said }),
      },
    }
  }
  return {
    services,
    context,
    visit,
    async change(request) {
      const visited = await visit(request)
      if (!isSame(readForm(request).raw('csrf'), visited.context.csrfToken))
        throw new HubError('hub/forbidden', { message: 'The form did not come from a page of this session.' })
      return visited
    },
    send: (reply, page, { brand }, options) => sendPage(reply, page, brand, options),
    goTo(reply, path, said) {
      const mark = path.includes('?') ? '&' : '?'
      return reply.redirect(said === undefined ? path : `${path}${mark}said=${said}`, 303)
    },
  }
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/** The address of the theme holds the colours themselves, so that it can be kept for ever and needs no project. */
function themeHref(colours: Parameters<typeof themeCss>[0]): string {
  const part = (colour: string | null) => colour?.slice(1).toLowerCase() ?? 'own'
  return `/assets/theme/${part(colours.light)}-${part(colours.dark)}.css`
}
