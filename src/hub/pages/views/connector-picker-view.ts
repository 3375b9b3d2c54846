import { connectorLogo, emptyState, type Html, html, icon } from '../../../ui/index.ts'
import { brandInside, documentOf, type PageContext, sandboxRibbon } from '../layout/index.ts'

export interface PickerModel {
  readonly ownerName: string
  readonly connectors: readonly {
    readonly key: string
    readonly title: string
    readonly icon?: string
    readonly href: string
  }[]
  readonly parentOrigin?: string
}

/** Where an auth link or an embedding page names no connector: which one? */
export function connectorPickerView(context: PageContext, model: PickerModel): Html {
  return documentOf(context, {
    title: 'Choose what to connect',
    script: 'connect-page',
    bodyClass: 'connect',
    data: { 'parent-origin': model.parentOrigin },
    body: html`${sandboxRibbon(context)}
${model.parentOrigin === undefined && html`<header class="connect-top"><span class="brand">${brandInside(context.brand)}</span></header>`}
<main class="connect-main">
<div class="connect-head"><div><h1>Choose what to connect</h1><p>For ${model.ownerName}</p></div></div>
${
  model.connectors.length === 0
    ? emptyState(
        'catalog',
        'Nothing to connect yet',
        'No connector is switched on. Ask whoever sent you here.',
      )
    : html`<ul class="tiles">${model.connectors.map(
        (one) =>
          html`<li class="tile"><div class="tile-head">${connectorLogo(one)}<h2 class="tile-name"><a href="${one.href}">${one.title}</a></h2>${icon('next')}</div></li>`,
      )}</ul>`
}
</main>`,
  })
}
