import { createRequire } from 'node:module'

/** The functions of date-fns that the language uses. */
export interface DateLibrary {
  readonly addYears: typeof import('date-fns/addYears').addYears
  readonly differenceInYears: typeof import('date-fns/differenceInYears').differenceInYears
  readonly isDate: typeof import('date-fns/isDate').isDate
  readonly isValid: typeof import('date-fns/isValid').isValid
  readonly parse: typeof import('date-fns/parse').parse
  readonly parseISO: typeof import('date-fns/parseISO').parseISO
}

const load = createRequire(import.meta.url)
let library: DateLibrary | undefined

/**
 * Loaded when a date is first worked on: few connectors do, and reading the package's description alone takes longer
 * than compiling a connector.
 */
export function dateLibrary(): DateLibrary {
  library ??= {
    ...load('date-fns/addYears'),
    ...load('date-fns/differenceInYears'),
    ...load('date-fns/isDate'),
    ...load('date-fns/isValid'),
    ...load('date-fns/parse'),
    ...load('date-fns/parseISO'),
  } as DateLibrary
  return library
}
