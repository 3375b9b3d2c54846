export { attributes } from './attributes.ts'
export { type Html, type HtmlValue, html, nothing } from './html.ts'
