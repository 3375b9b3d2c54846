import { createHash } from 'node:crypto'
import type { AccountJson } from './schemas.ts'

export interface PopupNews {
  readonly status: string
  readonly description: string | null
  readonly account: AccountJson | null
  /** Origin of the page that has opened the popup; empty where nobody is to be told. */
  readonly opener: string
}

/** The last page of a popup: tells the page behind it, and closes. Without a script it says what happened. */
export function popupPage({ status, description, account, opener }: PopupNews): {
  readonly html: string
  readonly policy: string
} {
  const linked = account !== null
  const news = linked
    ? { type: 'AccountConnected', account: { id: account.id, provider: account.provider } }
    : { type: 'AccountNotConnected', status, description }
  // The parts are JSON, and no JSON may end a script early.
  const data = JSON.stringify({ news, opener }).replaceAll('<', '\\u003c')
  const script = `const {news,opener}=${data};if(opener&&window.opener)window.opener.postMessage(news,opener);window.close()`
  const hash = createHash('sha256').update(script).digest('base64')
  const headline = linked ? 'The account is linked.' : 'The account was not linked.'
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${headline}</title><h1>${headline}</h1><p>${escapeHtml(description ?? '')}</p><p>You can close this window.</p><script>${script}</script></html>`
  return { html, policy: `default-src 'none'; script-src 'sha256-${hash}'; frame-ancestors 'none'` }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
