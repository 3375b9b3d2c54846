import { type Static, Type } from 'typebox'

export const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

const text = Type.String()
const date = Type.String({ description: 'ISO 8601 in UTC.', examples: ['2026-01-31T09:00:00.000Z'] })

export const ErrorJson = Type.Object(
  {
    statusCode: Type.Integer(),
    message: text,
    timestamp: date,
    code: Type.String({ description: 'Stable; see docs/reference/errors.md.' }),
    hint: text,
    request_id: text,
    provider_response: Type.Optional(Type.String({ description: 'What the provider said.' })),
    write: Type.Optional(
      Type.Object(
        {
          method: Type.String(),
          path: Type.String({ description: 'With the names of the inputs in place of their values.' }),
          sent_at: Type.String(),
          idempotency_key: Type.Optional(Type.String()),
          look_for: Type.Optional(Type.Object({ action: Type.String(), fields: Type.Array(Type.String()) })),
        },
        { description: 'With `write/outcome-unknown`: what to look for at the provider.' },
      ),
    ),
    provider_errors: Type.Optional(
      Type.Array(Type.Object({ status: Type.Integer(), raw: Type.Optional(text) })),
    ),
    confirmation: Type.Optional(
      Type.Object(
        {
          token: Type.String({ description: 'Good once, for this very call of this caller.' }),
          expires_at: date,
          by: Type.String({ description: '`caller`, or `operator` who has to agree first.' }),
          requests: Type.Array(text, { description: 'What the call would send, secrets masked.' }),
        },
        { description: 'With `policy/confirmation-needed` alone.' },
      ),
    ),
  },
  { title: 'Error' },
)

export const AccountJson = Type.Object(
  {
    id: text,
    provider: Type.String({ description: 'The key of the connector.' }),
    provider_name: text,
    status: Type.String({ description: '`active`, `inactive` or `error`.' }),
    status_reasons: Type.Array(Type.Object({ code: text, description: text, timestamp: date })),
    origin_owner_id: text,
    origin_owner_name: text,
    origin_username: nullable(text),
    label: nullable(text),
    type: Type.String({ description: '`production`, or `test` for an account of a sandbox.' }),
    integration_id: text,
    authentication_config_key: text,
    environment: text,
    setup_information: Type.Record(Type.String(), text, { description: 'The fields that are not secret.' }),
    metadata: Type.Record(Type.String(), Type.Unknown()),
    last_used_at: nullable(date),
    last_error: nullable(Type.Object({ code: text, message: text, hint: text, timestamp: date })),
    created_at: date,
    updated_at: date,
  },
  { title: 'Account' },
)
export type AccountJson = Static<typeof AccountJson>

export const DisconnectedJson = Type.Object(
  {
    ...AccountJson.properties,
    revocation: Type.Object({
      outcome: Type.String({ description: '`revoked`, `unsupported`, `refused` or `failed`.' }),
      code: nullable(text),
      message: nullable(text),
    }),
  },
  { title: 'DisconnectedAccount' },
)

export const ConnectorMetaJson = Type.Object(
  {
    provider: text,
    provider_name: text,
    category: text,
    active: Type.Boolean(),
    version: text,
    models: Type.Record(Type.String(), Type.Unknown()),
    resources: Type.Object({ images: Type.Object({ logo_url: nullable(text) }) }),
  },
  { title: 'ConnectorMeta' },
)

/** Of a body that must hold nothing else: a misspelt name would leave a rule unsaid that somebody relies on. */
export const closed = { additionalProperties: false } as const
