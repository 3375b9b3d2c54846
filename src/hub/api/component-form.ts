import type { CredentialField } from '../../plan/index.ts'

/** A field as the component draws it. All values are texts. */
export interface ComponentField {
  readonly key: string
  readonly label: string
  readonly type: string
  readonly required: boolean
  /** Written in any case: a component takes a field without it for a secret. */
  readonly secret: boolean
  readonly placeholder?: string
  readonly description?: string
  readonly tooltip?: string
  readonly options?: readonly { readonly label: string; readonly value: string }[]
  readonly validation?: { readonly type: string; readonly pattern: string; readonly error: string }
}

const drawn = new Set(['text', 'password', 'number', 'select', 'text_area'])

export function componentField(field: CredentialField): ComponentField {
  const { key, label, type, required, secret, placeholder, description, tooltip, options, validation } = field
  return {
    key,
    label,
    // A type that a component does not know is not drawn at all, and a required field would block the form.
    type: drawn.has(type) ? type : 'text',
    required,
    secret,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(description === undefined ? {} : { description }),
    ...(tooltip === undefined ? {} : { tooltip }),
    ...(options === undefined ? {} : { options }),
    ...(validation === undefined || !isTakenAsTyped(field)
      ? {}
      : {
          validation: {
            type: 'html-pattern',
            pattern: validation.pattern,
            error: validation.message ?? `Has to match ${validation.pattern}`,
          },
        }),
  }
}

/** A pasted address becomes the firm name on the server only: the component would refuse it before. */
function isTakenAsTyped(field: CredentialField): boolean {
  return Object.keys(field.normalization).length === 0
}
