import { button, type Html, html, icon, linkButton } from '../../../ui/index.ts'
import { middlePage, type PageContext } from '../layout/index.ts'

export interface LinkedModel {
  readonly connectorTitle: string
  readonly ownerName: string
  readonly account: { readonly id: string; readonly provider: string }
  readonly reconnected: boolean
  /** The account's page, for somebody who is signed in to the dashboard. */
  readonly accountHref?: string
  readonly parentOrigin?: string
}

/** The confirmation: a dialog over the form where scripts run, a page of its own elsewhere. */
export function linkedView(context: PageContext, model: LinkedModel): Html {
  const { connectorTitle, account, parentOrigin } = model
  const title = `${connectorTitle} is ${model.reconnected ? 'connected again' : 'connected'}`
  return middlePage(context, {
    title,
    script: 'connect-page',
    data: { 'parent-origin': parentOrigin, provider: account.provider },
    content: html`<div class="done" id="linked" data-account="${account.id}" data-provider="${account.provider}">
<span class="done-mark">${icon('check')}</span>
<h1 class="dialog-title" id="linked-title">${title}</h1>
<p class="soft">The account of ${model.ownerName} is linked and ready to use.</p>
<div class="dialog-actions">${closing(model)}</div>
</div>`,
  })
}

function closing({ accountHref, parentOrigin }: LinkedModel): Html {
  if (parentOrigin !== undefined)
    return button('Done', { look: 'primary', more: { type: 'button', 'data-close': true } })
  return accountHref === undefined
    ? html`<p class="faint">You can close this page now.</p>`
    : html`${linkButton('See all accounts', '/accounts')}${linkButton('Open the account', accountHref, { look: 'primary' })}`
}
