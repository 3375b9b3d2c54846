export { sendErrorPage } from './error-page.ts'
export { type FormValues, readForm, readQuery } from './form-values.ts'
export { createPageTools, NotSignedIn, type PageTools, type Visit } from './page-tools.ts'
export { forPeople, readerConstraint } from './reader-constraint.ts'
