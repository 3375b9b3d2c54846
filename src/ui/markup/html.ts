import { html as escapingTemplate, type raw } from 'hono/html'

/** Markup that is safe to place in a page: every value in it went through escaping. */
export type Html = ReturnType<typeof raw>

/** What may stand in a template. An object or a promise does not compile, so none is ever printed as text. */
export type HtmlValue = string | number | false | null | undefined | Html | readonly HtmlValue[]

/** A template whose values are escaped; nothing is printed for false, null and undefined. Quote every attribute. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  // Only a promise among the values makes the library give a promise, and the types above keep promises out.
  return escapingTemplate(strings, ...values) as Html
}

/** Nothing at all. */
export const nothing: Html = html``
