import { notFound, unprocessable } from '../refusal.ts'
import type { Route } from './route.ts'

/** The body is not wrapped, and the answer has its id at the top (A). */
const createWebhook: Route = {
  method: 'POST',
  path: '/webhooks',
  evidence: 'A',
  handle(call) {
    const url = URL.parse(call.fields(null).requiredText('hookUrl'))
    if (url === null || !isLoopback(url)) {
      throw unprocessable('hook_url must be a loopback URL: the sandbox delivers nowhere else')
    }
    const webhook = { id: call.firm.newId('webhook'), hookUrl: url.href }
    call.firm.webhooks.set(webhook.id, webhook)
    return { status: 201, body: { id: webhook.id } }
  },
}

const deleteWebhook: Route = {
  method: 'DELETE',
  path: '/webhooks/:webhookId',
  evidence: 'A',
  handle({ firm, params }) {
    if (!firm.webhooks.delete(params['webhookId'] ?? '')) throw notFound()
    return { status: 204 }
  },
}

/** `URL` has already turned other spellings of an IPv4 address into the dotted one. */
function isLoopback({ protocol, hostname, username, password }: URL): boolean {
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return false
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

export const webhookRoutes: readonly Route[] = [createWebhook, deleteWebhook]
