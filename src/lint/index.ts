export { githubReport } from './reporters/github-report.ts'
export { type JsonReport, jsonReport } from './reporters/json-report.ts'
export { type PrettyOptions, prettyReport } from './reporters/pretty-report.ts'
export { type LintSummary, summarize } from './summary.ts'
