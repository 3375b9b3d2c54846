import { attributes, brandMark, type Html, type HtmlValue, html } from '../ui/index.ts'

export interface SiteDocument {
  readonly title: string
  /** From the page to the site's folder: `` or `../`. */
  readonly root: '' | '../'
  readonly scripts?: readonly string[]
  readonly content: HtmlValue
}

/** How a folder of ours is told from somebody else's before it is replaced. */
export const generatorMark = '<meta name="generator" content="mainspring catalog">'

/** Nothing from elsewhere and nothing inline, whatever a definition holds; `file:` is where the pages usually are. */
const policy =
  "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'"

/** The document around a page of the site. */
export function siteDocument({ title, root, scripts = [], content }: SiteDocument): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="mainspring catalog">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}assets/catalog.css">
${scripts.map((name) => html`<script${attributes({ defer: true, src: `${root}assets/${name}.js` })}></script>\n`)}</head>
<body class="site">
<a class="skip" href="#content">Skip to the content</a>
<header class="site-top"><a class="brand" href="${root}index.html">${brandMark()}<span class="brand-name">Connector catalog</span></a></header>
<main class="content" id="content" tabindex="-1">
${content}
</main>
</body>
</html>
`
}
