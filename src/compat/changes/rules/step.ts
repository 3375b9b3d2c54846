import {
  ability,
  behaviour,
  bound,
  changeText,
  container,
  promise,
  type Rule,
  type Rules,
  wording,
} from '../rule.ts'

const reads = new Set(['get', 'head', 'options'])

/** A read that becomes a write is no longer repeated, needs other permissions, and is another tool to an agent. */
const method: Rule = {
  ...behaviour,
  changed: (before, after) => {
    const crosses = reads.has(String(before)) !== reads.has(String(after))
    return {
      class: crosses ? 'breaking' : 'fix',
      says: changeText(before, after),
      code: crosses ? 'effect-changed' : 'behaviour-changed',
    }
  },
}

/** What a failed write may cost changes, in either direction: callers have to know. */
const retry: Rule = {
  added: (value) => repeats(value === true),
  removed: (value) => repeats(value !== true),
  changed: (_, after) => repeats(after === true),
}

function repeats(safe: boolean) {
  return safe
    ? ({ class: 'feature', says: 'is repeated after a failure', code: 'retry-safe' } as const)
    : ({ class: 'feature', says: 'is no longer repeated after a failure', code: 'retry-unsafe' } as const)
}

/** Rows that came all at once come in pages, or the other way round. */
const paging: Rule = {
  added: () => ({ class: 'breaking', says: 'is new: the rows come in pages', code: 'paging-added' }),
  removed: () => ({ class: 'breaking', says: 'is gone', code: 'paging-removed' }),
  changed: (before, after) => ({
    class: 'breaking',
    says: changeText(before, after),
    code: 'paging-changed',
  }),
}

/** How an action is carried out: callers see it in what it can do and what it costs, not here. */
export const stepRules: Rules = {
  'Step[]': behaviour,
  'Step.x-mainspring': container,
  'Step.description': wording,
  'Step.*': behaviour,
  'StepFunction[]': behaviour,
  'RequestParameters.method': method,
  'PaginatedRequestParameters.method': method,
  'SoapRequestParameters.method': method,
  'SoapPaginatedRequestParameters.method': method,
  'DownloadFileParameters.method': method,
  'UploadFileParameters.method': method,
  'UploadBinaryParameters.method': method,
  'StepExtension.paging': paging,
  'StepExtension.response': container,
  'StepExtension.retry': container,
  'StepExtension.conditional': behaviour,
  'StepExtension.passthrough': ability('passthrough'),
  'StepExtension.*': behaviour,
  'RetrySafety.safe': retry,
  'RetrySafety.lookup': container,
  'RetrySafety.*': behaviour,
  'WriteLookup.*': behaviour,
  'Passthrough.*': promise,
  'Chunks.*': behaviour,
  'ResponseShape.*': behaviour,
  'ForEach.*': behaviour,
  ...pagingKeys('OffsetPaging'),
  ...pagingKeys('PagePaging'),
  ...pagingKeys('CursorPaging'),
  ...pagingKeys('LinkPaging'),
}

function pagingKeys(name: string): Rules {
  return {
    [`${name}.pageSizeInput`]: promise,
    [`${name}.cursorInput`]: promise,
    [`${name}.onlyWhenAsked`]: promise,
    [`${name}.maxPages`]: bound('upper'),
    [`${name}.maxRows`]: bound('upper'),
    [`${name}.*`]: behaviour,
  }
}
