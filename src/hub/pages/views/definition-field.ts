import type { FieldSummary } from '../../../catalog/index.ts'
import type { Html, HtmlValue } from '../../../ui/index.ts'
import { field, fieldId, fieldName } from '../../../ui/index.ts'

export interface DefinitionFieldState {
  /** Never given for a secret. */
  readonly value?: string
  /** A secret that is there already: left empty, it stays. */
  readonly isStored: boolean
  readonly error?: string
  readonly isSuspect?: boolean
  readonly beside?: HtmlValue
}

/** A field as a definition declares it; its rules go along for the script. */
export function definitionField(one: FieldSummary, state: DefinitionFieldState): Html {
  const { value = '', isStored, error, isSuspect = false, beside } = state
  const rules = {
    label: one.label,
    type: one.type,
    required: one.required && !isStored,
    normalization: one.normalization,
    ...(one.options === undefined ? {} : { options: one.options }),
    ...(one.validation === undefined ? {} : { validation: one.validation }),
  }
  return field({
    id: fieldId(one.key),
    name: fieldName(one.key),
    label: one.label,
    type: inputType(one),
    required: rules.required,
    stored: isStored,
    readOnly: one.readOnly === true,
    ...(one.secret ? {} : { value }),
    ...(isStored ? { placeholder: 'Stored; leave empty to keep it' } : placeholderOf(one)),
    ...(one.description === undefined ? {} : { description: one.description }),
    ...(one.tooltip === undefined ? {} : { tooltip: one.tooltip }),
    ...(one.options === undefined ? {} : { options: one.options }),
    ...(error === undefined ? {} : { error }),
    suspect: isSuspect,
    ...(beside === undefined ? {} : { beside }),
    more: { 'data-rules': JSON.stringify(rules), 'data-label': one.label },
  })
}

function placeholderOf(one: FieldSummary): { placeholder?: string } {
  return one.placeholder === undefined ? {} : { placeholder: one.placeholder }
}

function inputType({ type, secret }: FieldSummary): 'text' | 'password' | 'text_area' | 'select' | 'number' {
  if (type === 'text_area' || type === 'select') return type
  if (secret) return 'password'
  return type === 'number' ? 'number' : 'text'
}
