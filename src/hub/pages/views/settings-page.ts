import { attributes, type Html, type HtmlValue, html } from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'

const tabs = [
  { tab: 'keys', label: 'API keys', href: '/settings' },
  { tab: 'webhooks', label: 'Webhooks', href: '/settings/webhooks' },
  { tab: 'look', label: 'White label', href: '/settings/look' },
  { tab: 'origins', label: 'Allowed origins', href: '/settings/origins' },
] as const

export type SettingsTab = (typeof tabs)[number]['tab']

/** A page of the settings: the tabs, and what the current one holds. */
export function settingsPage(context: DashboardContext, current: SettingsTab, content: HtmlValue): Html {
  return dashboardPage(context, {
    title: 'Settings',
    place: 'settings',
    narrow: true,
    content: html`<header class="page-head"><div class="page-head-text"><h1>Settings</h1></div></header>
<nav class="tabs" aria-label="Settings">${tabs.map(
      ({ tab, label, href }) =>
        html`<a${attributes({ class: 'tab', href, 'aria-current': tab === current ? 'page' : undefined })}>${label}</a>`,
    )}</nav>
${content}`,
  })
}
