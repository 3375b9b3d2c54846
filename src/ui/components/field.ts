import { attributes, type Html, type HtmlValue, html } from '../markup/index.ts'
import { icon } from './icon.ts'
import { prose } from './prose.ts'

/** One labelled control of a form. */
export interface FieldModel {
  /** Unique in the page; the control's id. */
  readonly id: string
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'password' | 'text_area' | 'select' | 'number' | 'email' | 'search'
  readonly value?: string
  readonly required?: boolean
  /** Says nothing about a field that need not be filled because its value is stored. */
  readonly stored?: boolean
  readonly readOnly?: boolean
  readonly placeholder?: string
  /** Stands under the control. */
  readonly description?: string
  /** Opens from a small button beside the label. */
  readonly tooltip?: string
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  /** What is wrong with the value, for the person. */
  readonly error?: string
  /** Marks a field that an error of the provider points at. */
  readonly suspect?: boolean
  /** Says what was changed about the value. */
  readonly remark?: string
  /** Right of the label, such as a link to the step of a guide. */
  readonly beside?: HtmlValue
  /** More attributes of the control. */
  readonly more?: Readonly<Record<string, string | boolean | undefined>>
}

export function field(model: FieldModel): Html {
  const { id, label, required = false, description, tooltip, error, suspect = false, remark, beside } = model
  const state = error !== undefined ? ' has-error' : suspect ? ' is-suspect' : ''
  return html`<div class="field${state}" data-field="${model.name}">
  <div class="field-head">
    <label for="${id}">${label}${!required && model.stored !== true && html` <span class="optional">optional</span>`}</label>
    ${tooltip !== undefined && tip(label, tooltip)}
    ${beside}
  </div>
  ${control(model)}
  <p class="field-error" id="${id}-error">${error}</p>
  <p class="field-remark" id="${id}-remark" role="status">${remark}</p>
  ${description !== undefined && html`<p class="field-description" id="${id}-description">${prose(description)}</p>`}
</div>`
}

/** More words behind a small button; opens without a script, and takes no room. */
function tip(label: string, text: string): Html {
  return html`<details class="tip"><summary aria-label="About ${label}">?</summary><div class="tip-text">${text}</div></details>`
}

function control(model: FieldModel): Html {
  const {
    id,
    name,
    type,
    value,
    required = false,
    readOnly = false,
    placeholder,
    description,
    error,
    options,
  } = model
  const describedBy = [`${id}-error`, `${id}-remark`, description === undefined ? '' : `${id}-description`]
  const shared = {
    id,
    name,
    class: 'control',
    required,
    'aria-describedby': describedBy.join(' ').trim(),
    'aria-invalid': error === undefined ? undefined : 'true',
    ...model.more,
  }
  if (type === 'select')
    return html`<select${attributes(shared)}>${placeholderOption(model)}${(options ?? []).map(
      (option) =>
        html`<option${attributes({ value: option.value, selected: option.value === value })}>${option.label}</option>`,
    )}</select>`
  const typed = { ...shared, placeholder, readonly: readOnly }
  if (type === 'text_area')
    return html`<textarea${attributes({ rows: '4', spellcheck: 'false', ...typed })}>
${value}</textarea>`
  if (type !== 'password')
    return html`<input${attributes({ type: type === 'number' ? 'text' : type, inputmode: type === 'number' ? 'numeric' : undefined, value, ...typed })}>`
  return html`<div class="secret"><input${attributes({ type: 'password', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', ...typed })}><button type="button" class="secret-button needs-script" aria-pressed="false" aria-controls="${id}" aria-label="Show ${model.label}">${icon('eye')}</button></div>`
}

function placeholderOption({ required = false, value, placeholder }: FieldModel): Html | false {
  if (required && value !== undefined && value !== '') return false
  return html`<option value="">${placeholder ?? 'Choose…'}</option>`
}
