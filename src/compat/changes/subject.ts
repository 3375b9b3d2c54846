/** What an entry of a list is called in a sentence. */
const nouns: Readonly<Record<string, string>> = {
  Action: 'action',
  Input: 'input',
  InputVariant: 'variant',
  Step: 'step',
  StepFunction: 'step function',
  FieldConfig: 'result field',
  ConfigField: 'credential field',
  AuthenticationEntry: 'authentication method',
  Environment: 'environment',
  FieldOption: 'option',
  Notice: 'notice',
  Arg: 'argument',
  NamedValue: 'carried value',
  ValidationRule: 'validation rule',
  TestAction: 'test action',
  RouteRule: 'route',
  GuideSection: 'guide section',
  GuideStep: 'guide step',
}

/** A named thing on the way from the connector to a change. */
export interface Crumb {
  readonly definition: string
  readonly id: string
}

/** `input "page_size" of action "list_people"`: the two nearest names are enough to find a place. */
export function nameOf(crumbs: readonly Crumb[]): string {
  return crumbs
    .slice(-2)
    .reverse()
    .map(({ definition, id }) => `${nouns[definition] ?? wordsOf(definition)} "${id}"`)
    .join(' of ')
}

/** `RateLimitPool` → `rate limit pool`. */
function wordsOf(definition: string): string {
  return definition.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
}
