export { type Baseline, createBaseline, parseBaseline, subtractBaseline } from './baseline/baseline.ts'
export { findCacheFolder } from './cache/cache-folder.ts'
export { openCache, type ResultCache } from './cache/result-cache.ts'
export { findConfig } from './config/find-config.ts'
export type { LintConfig } from './config/lint-config.ts'
export { checkstyleReport } from './reporters/checkstyle-report.ts'
export { githubReport } from './reporters/github-report.ts'
export { type JsonReport, jsonReport } from './reporters/json-report.ts'
export { markdownReport } from './reporters/markdown-report.ts'
export { type LintFoldersOptions, lintFolders } from './run/lint-folders.ts'
export { type LintSummary, summarize } from './summary.ts'

// What follows costs a while to load, and is loaded when it is first asked for.

/** Code frames for people. */
export const loadPrettyReport = () => import('./reporters/pretty-report.ts')
export const loadSarifReport = () => import('./reporters/sarif-report.ts')
export const loadConfigReader = () => import('./config/read-config.ts')
/** The rules about several connectors together. */
export const loadCatalogLinter = () => import('./run/lint-catalog.ts')
export const loadFixer = () => import('./fix/fix-folder.ts')
/** The rules with their texts. */
export const loadRuleTexts = async () => ({
  ...(await import('./rule-codes.ts')),
  ...(await import('./rule-page.ts')),
})
/** The linter itself, for editors: text in, findings out. */
export const loadLinter = () => import('./lint-source.ts')
