import type { Static } from 'typebox'
import type { ActionSummary } from '../../catalog/index.ts'
import type { ActionGroup } from '../actions/action-directory.ts'
import type { ActionGroupJson } from './run-schemas.ts'

type GroupJson = Static<typeof ActionGroupJson>

/** A connector with its actions, as the API lists them. */
export function actionGroup({ connector, actions }: ActionGroup, detailed: boolean): GroupJson {
  return {
    key: connector.key,
    name: connector.title,
    description: connector.description ?? null,
    icon: connector.icon ?? null,
    version: connector.version,
    authentication: connector.authentications.map(({ type, label, key }) => ({ type, label, key })),
    actions: actions.map((action) => actionEntry(action, detailed)),
  }
}

function actionEntry(action: ActionSummary, detailed: boolean): GroupJson['actions'][number] {
  return {
    id: action.qualifiedId,
    label: action.label,
    description: action.description,
    schema_type: action.actionType,
    tags: [...action.categories],
    effect: action.effect,
    stage: action.stage,
    ...(detailed
      ? {
          operation_details: {
            input_schema: { ...action.inputSchema },
            output_schema: action.outputSchema === undefined ? null : { ...action.outputSchema },
            parameters: action.inputs.map((input) => ({
              name: input.name,
              in: input.in ?? 'body',
              type: input.array ? 'array' : input.type,
              required: input.required,
              description: input.description ?? null,
            })),
            details: action.details ?? null,
          },
        }
      : {}),
  }
}
