import { type Html, html } from './html.ts'

/** Attributes of an element: true prints the name alone, false, null and undefined nothing. */
export function attributes(
  values: Readonly<Record<string, string | number | boolean | null | undefined>>,
): readonly Html[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || value === null || value === false) return []
    if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new TypeError(`"${name}" is no name of an attribute`)
    return [value === true ? html` ${name}` : html` ${name}="${value}"`]
  })
}
