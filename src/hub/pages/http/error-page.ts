import type { FastifyReply, FastifyRequest } from 'fastify'
import { tellWhen, toErrorBody } from '../../server/error-reply.ts'
import { defaultProject } from '../../services.ts'
import { errorView } from '../views/index.ts'
import { NotSignedIn, type PageTools } from './page-tools.ts'

const titles: Readonly<Record<number, readonly [title: string, text?: string]>> = {
  400: ['This cannot be done'],
  403: ['Not from here', 'The form is too old, or came from another page. Go back, reload, and try again.'],
  404: ['This page is not here', 'The address leads nowhere, or what it named is gone.'],
  409: ['This is there already'],
  412: ['This is switched off'],
  429: ['Too many attempts', 'Wait a minute, then try again.'],
  503: ['Not right now', 'Try again in a moment.'],
}

/** Any error as a page; a visitor who is not signed in comes to the page of signing in. */
export async function sendErrorPage(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  tools: PageTools,
): Promise<FastifyReply> {
  if (error instanceof NotSignedIn) return reply.redirect('/login', 303)
  const { services } = tools
  const {
    statusCode,
    code,
    message,
    hint,
    request_id: requestId,
  } = toErrorBody(error, request.id, services.clock())
  tellWhen(reply, error)
  if (statusCode >= 500) request.log.error({ code }, 'a page failed')
  const [title, text] = titles[statusCode] ?? ['Something went wrong']
  const context = await tools.context(defaultProject)
  const page = errorView(context, {
    status: statusCode,
    title,
    text: text ?? `${message} ${hint}`,
    code,
    requestId,
    action: { label: 'Go to the accounts', href: '/accounts' },
  })
  return tools.send(reply, page, context, { status: statusCode })
}
