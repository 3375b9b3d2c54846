import { attributes, type Html, type HtmlValue, html } from '../../../ui/index.ts'
import type { PageContext, ScriptName } from './page-context.ts'

export interface DocumentModel {
  readonly title: string
  readonly script: ScriptName
  readonly bodyClass: string
  /** Goes to the body as `data-*`, for the script. */
  readonly data?: Readonly<Record<string, string | undefined>>
  /** Asks the browser to go on by itself, where there is no script to do so. */
  readonly refresh?: { readonly seconds: number; readonly href: string }
  readonly body: HtmlValue
}

/** The document around a page. Nothing in it is inline: the content policy allows no script or style but our files. */
export function documentOf(context: PageContext, model: DocumentModel): Html {
  const { brand, assets, theme } = context
  const script = assets.script(model.script)
  const title = model.title === brand.name ? model.title : `${model.title} · ${brand.name}`
  const data = Object.entries(model.data ?? {}).map(([name, value]) => [`data-${name}`, value])
  return html`<!doctype html>
<html lang="en"${attributes({ 'data-theme': theme })}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
${model.refresh !== undefined && html`<meta http-equiv="refresh" content="${model.refresh.seconds}; url=${model.refresh.href}">`}
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${brand.themeHref}">
<link rel="stylesheet" href="${assets.stylesheet}">
${script.imports.map((href) => html`<link rel="modulepreload" href="${href}">\n`)}<script type="module" src="${script.href}"></script>
</head>
<body${attributes({ class: model.bodyClass, ...Object.fromEntries(data) })}>
${model.body}
<div class="toasts" id="toasts" role="status" aria-live="polite"></div>
</body>
</html>
`
}
