import { type ErrorCode, errorCatalogue, type Severity } from '../errors/index.ts'
import type { RuleExample } from './rule.ts'

/** A finding of loading and compiling: it comes from where the format is read, and has a page like any rule. */
export interface CoreRule {
  readonly code: ErrorCode
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly remedy: string
  readonly bad: RuleExample
  readonly good: RuleExample
}

function core(code: ErrorCode, bad: RuleExample, good: RuleExample, severity: Severity = 'error'): CoreRule {
  const { title, meaning, remedy } = errorCatalogue[code]
  return { code, severity, title, why: meaning, remedy, bad, good }
}

const oneStep =
  'steps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: /me, method: get}}'
const plainAction = `- actionId: list_people\n  ${oneStep.replaceAll('\n', '\n  ')}\n`

/** In the order in which a definition is read. */
export const coreRules: readonly CoreRule[] = [
  core(
    'definition/syntax',
    { part: 'action', yaml: 'description: Reads a person: by id' },
    { part: 'action', yaml: "description: 'Reads a person: by id'" },
  ),
  core(
    'definition/duplicate-key',
    { part: 'action', yaml: 'label: Get Person\nlabel: Get One' },
    { part: 'action', yaml: 'label: Get Person' },
  ),
  core(
    'definition/reference-missing',
    {
      part: 'connector',
      yaml: 'actions:\n  $ref: acme.poeple',
      files: { 'acme.people.s1.partial.yaml': plainAction },
    },
    {
      part: 'connector',
      yaml: 'actions:\n  $ref: acme.people',
      files: { 'acme.people.s1.partial.yaml': plainAction },
    },
  ),
  core(
    'definition/reference-cycle',
    {
      part: 'connector',
      yaml: 'actions:\n  $ref: acme.people',
      files: { 'acme.people.s1.partial.yaml': '- $ref: acme.people\n' },
    },
    {
      part: 'connector',
      yaml: 'actions:\n  $ref: acme.people',
      files: { 'acme.people.s1.partial.yaml': plainAction },
    },
  ),
  core(
    'definition/reference-invalid',
    { part: 'connector', yaml: 'actions:\n  $ref: ../people.yaml' },
    {
      part: 'connector',
      yaml: 'actions:\n  $ref: acme.people',
      files: { 'acme.people.s1.partial.yaml': plainAction },
    },
  ),
  core(
    'definition/unknown-key',
    { part: 'action', yaml: 'acton_type: get' },
    { part: 'action', yaml: 'actionType: get' },
    'warning',
  ),
  core(
    'definition/missing-key',
    { part: 'step', yaml: 'stepId: read\nstepFunction: {functionName: request, parameters: {method: get}}' },
    {
      part: 'step',
      yaml: 'stepId: read\nstepFunction: {functionName: request, parameters: {url: /me, method: get}}',
    },
  ),
  core(
    'definition/wrong-type',
    { part: 'action', yaml: 'inputs: none' },
    {
      part: 'action',
      yaml: 'inputs: []\nsteps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: /me, method: get}}',
    },
  ),
  core(
    'definition/wrong-value',
    { part: 'parameters', yaml: 'method: gett' },
    { part: 'parameters', yaml: 'method: get' },
  ),
  core(
    'definition/unknown-step-function',
    {
      part: 'step',
      yaml: 'stepId: read\nstepFunction: {functionName: reqest, parameters: {url: /me, method: get}}',
    },
    {
      part: 'step',
      yaml: 'stepId: read\nstepFunction: {functionName: request, parameters: {url: /me, method: get}}',
    },
  ),
  core(
    'definition/duplicate-action',
    {
      part: 'connector',
      yaml: `actions:\n  ${`${plainAction}${plainAction}`.trimEnd().replaceAll('\n', '\n  ')}`,
    },
    { part: 'connector', yaml: `actions:\n  ${plainAction.trimEnd().replaceAll('\n', '\n  ')}` },
  ),
  core(
    'definition/duplicate-step',
    { part: 'action', yaml: `${oneStep}\n${oneStep.replace('steps:\n', '')}` },
    { part: 'action', yaml: oneStep },
  ),
  core(
    'expression/syntax',
    { part: 'arg', yaml: "name: q\nin: query\nvalue: '{{inputs.person_id ==}}'" },
    { part: 'arg', yaml: "name: q\nin: query\nvalue: '{{inputs.person_id}}'" },
  ),
]
