import { Type } from 'typebox'
import { toldEvents } from '../webhooks/wanted-events.ts'
import { closed, nullable } from './schemas.ts'

const text = Type.String()
const date = Type.String({ description: 'ISO 8601 in UTC.', examples: ['2026-01-31T09:00:00.000Z'] })
const Part = (description: string) =>
  Type.Optional(nullable(Type.Record(Type.String(), Type.Unknown(), { description })))

export const ConfirmHeader = Type.Optional(
  Type.String({
    maxLength: 200,
    description: 'The token of `confirmation`, where a call was refused with `policy/confirmation-needed`.',
  }),
)

/** A call of an action: its inputs in the parts of a request, as clients of StackOne send them. */
export const RpcBody = Type.Object(
  {
    action: Type.String({ minLength: 1, maxLength: 200, description: 'Full id: `clockwork_list_people`.' }),
    path: Part('Inputs that belong to the path.'),
    query: Part('Inputs that belong to the query; the cursor of the next page is one.'),
    headers: Part('Inputs that belong to headers. `x-account-id` may stand here in place of the header.'),
    body: Part('Inputs that belong to the body. An input is found in whichever part it stands.'),
  },
  { title: 'ActionCall' },
)

export const RpcResult = Type.Object(
  {
    data: Type.Unknown({ description: "What the action's result says: an object, a list, or null." }),
    next: nullable(
      Type.String({ description: 'Cursor of the next page: send it as the cursor input. Null at the end.' }),
    ),
  },
  { title: 'ActionResult' },
)

export const ExplainedJson = Type.Object(
  {
    requests: Type.Array(
      Type.Object({
        step: text,
        method: text,
        url: text,
        headers: Type.Record(Type.String(), text),
        body: Type.Optional(Type.Unknown()),
        retry: Type.Object(
          {
            safe: Type.Boolean(),
            because: Type.String({
              description:
                '`reads`, `writes`, `declared`, `keyed` (an idempotency key), `looked-up`, `original` or `streamed`.',
            }),
            header: Type.Optional(text),
            action: Type.Optional(text),
          },
          { description: 'Whether the request is sent again after a failure, and why.' },
        ),
        curl: Type.String({ description: 'The request as a command, secrets masked.' }),
        notes: Type.Array(text),
      }),
    ),
    notes: Type.Array(text),
  },
  { title: 'Explanation' },
)

export const ActionGroupJson = Type.Object(
  {
    key: text,
    name: text,
    description: nullable(text),
    icon: nullable(text),
    version: text,
    authentication: Type.Array(Type.Object({ type: text, label: text, key: text })),
    actions: Type.Array(
      Type.Object({
        id: text,
        label: text,
        description: text,
        schema_type: text,
        tags: Type.Array(text),
        effect: Type.String({ description: '`read` or `write`.' }),
        stage: Type.String({ description: '`stable`, `beta` or `preview`.' }),
        operation_details: Type.Optional(
          Type.Object({
            input_schema: Type.Record(Type.String(), Type.Unknown(), { description: 'JSON Schema.' }),
            output_schema: nullable(Type.Record(Type.String(), Type.Unknown())),
            parameters: Type.Array(
              Type.Object({
                name: text,
                in: text,
                type: text,
                required: Type.Boolean(),
                description: nullable(text),
              }),
            ),
            details: nullable(text),
          }),
        ),
      }),
    ),
  },
  { title: 'ActionGroup' },
)

export const SearchBody = Type.Object({
  query: Type.String({ minLength: 1, maxLength: 1000 }),
  connector: Type.Optional(nullable(text)),
  top_k: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 500 }))),
  min_similarity: Type.Optional(nullable(Type.Number({ minimum: 0, maximum: 1 }))),
})

export const SearchResult = Type.Object({
  results: Type.Array(
    Type.Object({
      id: text,
      similarity_score: Type.Number(),
      connector_key: text,
      label: text,
      description: text,
    }),
  ),
  total_count: Type.Integer(),
  query: text,
})

export const ProxyBody = Type.Object({
  path: Type.Optional(nullable(text)),
  url: Type.Optional(nullable(Type.String({ description: 'Not taken: calls go below the base URL.' }))),
  method: Type.Optional(nullable(Type.String({ description: '`get` by default.' }))),
  query: Type.Optional(nullable(Type.Record(Type.String(), Type.Unknown()))),
  headers: Type.Optional(nullable(Type.Record(Type.String(), Type.Unknown()))),
  body: Type.Optional(Type.Unknown()),
})

export const ProxyResult = Type.Object({
  status: Type.Integer({ description: "The provider's." }),
  headers: Type.Record(Type.String(), text, { description: "The provider's, secrets masked." }),
  data: Type.Unknown(),
  provider_errors: Type.Null(),
})

export const LogRowJson = Type.Object(
  {
    id: text,
    request_id: text,
    event_datetime: date,
    account_id: nullable(text),
    provider: nullable(text),
    action: nullable(text),
    source_type: Type.String({ description: '`rpc`, `mcp`, `proxy`, `try-it` or `event`.' }),
    source_id: Type.String({ description: 'Who called: `key:<id>`, `login:<id>`, or `system` for events.' }),
    http_method: nullable(Type.String({ description: 'Of the last request to the provider.' })),
    path: nullable(text),
    status: Type.Integer({ description: 'What the caller was answered.' }),
    duration: Type.Integer({ description: 'Milliseconds.' }),
    success: Type.Boolean(),
    error_code: nullable(text),
    requests: Type.Integer({ description: 'Sent to the provider.' }),
    step_logs: Type.Optional(
      Type.Array(Type.Record(Type.String(), Type.Unknown()), {
        description: 'What happened on the way, redacted.',
      }),
    ),
  },
  { title: 'RequestLog' },
)

export const PolicyRulesJson = Type.Object({
  connectors: nullable(Type.Array(text, { description: 'Keys of connectors; null for all.' })),
  actions: nullable(Type.Array(text, { description: 'Ids of actions, `*` for any text; null for all.' })),
  except_actions: Type.Array(text),
  methods: nullable(
    Type.Array(Type.Enum(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']), {
      description: 'HTTP methods of requests to providers; null for all.',
    }),
  ),
  read_only: Type.Boolean(),
  allow_preview: Type.Boolean(),
  allow_passthrough_writes: Type.Boolean(),
  confirm: Type.Enum(['none', 'removals', 'writes'], {
    description: 'Calls that are refused until they are made again with the token of the refusal.',
  }),
  confirm_by: Type.Enum(['caller', 'operator'], {
    description: 'Whether the token is good at once, or an operator has to agree first.',
  }),
})

export const PolicyJson = Type.Intersect([
  Type.Object({
    subject: Type.String({ description: '`project`, `agents`, `key:<id>` or `account:<id>`.' }),
    updated_at: nullable(Type.String({ description: 'Null while the default holds.' })),
  }),
  PolicyRulesJson,
])

export const ConfirmationJson = Type.Object(
  {
    id: text,
    caller: Type.String({ description: 'Who asked: `key:<id>`.' }),
    account_id: text,
    action: text,
    inputs: Type.Record(Type.String(), Type.Unknown()),
    requests: Type.Array(Type.String({ description: '`DELETE https://…`, secrets masked.' })),
    created_at: date,
    expires_at: date,
  },
  { title: 'Confirmation' },
)

const ToldEvent = Type.Enum([...toldEvents])

export const WebhookBody = Type.Object(
  {
    url: Type.String({ minLength: 1, maxLength: 2000 }),
    events: Type.Optional(
      Type.Array(ToldEvent, {
        description:
          'All events of accounts by default. `connector.event` has to be named: it brings what providers deliver.',
      }),
    ),
  },
  closed,
)

export const WebhookJson = Type.Object(
  {
    id: text,
    url: text,
    events: Type.Array(text),
    active: Type.Boolean(),
    created_at: date,
    secret: Type.Optional(
      Type.String({
        description: 'What events are signed with; told when the webhook is made, and never again.',
      }),
    ),
  },
  { title: 'Webhook' },
)

export const WebhookEventJson = Type.Object(
  {
    id: text,
    event: text,
    created_at: date,
    payload: Type.Record(Type.String(), Type.Unknown()),
    deliveries: Type.Array(
      Type.Object({
        id: text,
        webhook_id: text,
        status: Type.String({ description: '`pending`, `delivered` or `failed`.' }),
        attempts: Type.Integer(),
        next_at: nullable(date),
        delivered_at: nullable(date),
        last_error: nullable(text),
      }),
    ),
  },
  { title: 'WebhookEvent' },
)
