export { createSite, type SiteFile, type SiteWriter } from './create-site.ts'
