import { type Html, type HtmlValue, html } from '../markup/index.ts'
import { type IconName, icon } from './icon.ts'

export type NoticeKind = 'info' | 'warning' | 'danger' | 'success'

const icons: Readonly<Record<NoticeKind, IconName>> = {
  info: 'info',
  warning: 'alert',
  danger: 'alert',
  success: 'check',
}

/** A message in the flow of a page. An error is announced by screen readers as soon as it appears. */
export function notice(kind: NoticeKind, title: string, ...content: readonly HtmlValue[]): Html {
  const role = kind === 'danger' ? html` role="alert"` : kind === 'success' ? html` role="status"` : ''
  return html`<div class="notice notice-${kind}"${role}>${icon(icons[kind])}<div class="notice-text"><p class="notice-title">${title}</p>${content}</div></div>`
}
