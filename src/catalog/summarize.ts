import {
  type ActionPlan,
  type AuthenticationPlan,
  type ConnectorPlan,
  type CredentialField,
  sampleInputs,
} from '../plan/index.ts'
import type {
  ActionListing,
  ActionSummary,
  AuthenticationSummary,
  ConnectorListing,
  ConnectorSummary,
  FieldSummary,
} from './listing.ts'

/** What lists need of a plan, holding on to nothing else of it. */
export function listConnector(plan: ConnectorPlan): ConnectorListing {
  return {
    ...pick(plan, ['key', 'title', 'version', 'description', 'icon', 'resources']),
    authentications: plan.authentications.map((method) => ({
      ...pick(method, ['key', 'label', 'type', 'environments']),
      configFields: method.configFields.map((field) => pick(field, ['key', 'label', 'required', 'secret'])),
    })),
    actions: plan.actions.map(listAction),
  }
}

/** All data of a plan, without its closures. */
export function summarizeConnector(plan: ConnectorPlan): ConnectorSummary {
  return {
    ...pick(plan, ['key', 'title', 'version', 'description', 'icon', 'resources']),
    authentications: plan.authentications.map(summarizeAuthentication),
    actions: plan.actions.map(summarizeAction),
  }
}

function listAction(action: ActionPlan): ActionListing {
  return pick(action, [
    'id',
    'qualifiedId',
    'label',
    'description',
    'actionType',
    'categories',
    'stage',
    'effect',
    'passthrough',
    'evidence',
    'listing',
  ])
}

function summarizeAction(action: ActionPlan): ActionSummary {
  return {
    ...listAction(action),
    ...pick(action, ['details', 'inputs', 'inputSchema', 'outputSchema']),
    repeatable: action.steps.every(({ calls }) =>
      calls.every((call) => !('request' in call) || call.request.repeatable),
    ),
    sample: sampleInputs(action),
  }
}

function summarizeAuthentication(method: AuthenticationPlan): AuthenticationSummary {
  return {
    ...pick(method, [
      'key',
      'label',
      'type',
      'environments',
      'configNotices',
      'setupNotices',
      'support',
      'guide',
    ]),
    testActions: method.testActions.map((test) => pick(test, ['actionId', 'required'])),
    configFields: method.configFields.map(summarizeField),
    setupFields: method.setupFields.map(summarizeField),
  }
}

function summarizeField({ location, ...field }: CredentialField): FieldSummary {
  return field
}

/** Some keys of a value, in the order named: what is written is the same byte for byte. */
function pick<Value extends object, Key extends keyof Value>(
  value: Value,
  keys: readonly Key[],
): Pick<Value, Key> {
  return Object.fromEntries(
    keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]),
  ) as Pick<Value, Key>
}
