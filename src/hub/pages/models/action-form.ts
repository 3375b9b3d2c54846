import { readExactJson } from '../../../http/index.ts'
import type { ActionPlan, InputPlan } from '../../../plan/index.ts'
import type { FieldModel } from '../../../ui/index.ts'
import type { FormValues } from '../http/index.ts'

const prefix = 'in.'

/** The name of an input's control, apart from everything else in the form. */
export function controlName(input: Pick<InputPlan, 'name'>): string {
  return `${prefix}${input.name}`
}

/** What was typed as inputs: empty controls are left out, what cannot be read is told. */
export interface ReadInputs {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly errors: Readonly<Record<string, string>>
}

export function readInputs(action: ActionPlan, form: FormValues): ReadInputs {
  const inputs: Record<string, unknown> = {}
  const errors: Record<string, string> = {}
  for (const input of action.inputs) {
    const text = form.text(controlName(input))
    if (text === '') continue
    const value = readValue(input, text)
    if (value === undefined) errors[input.name] = `${article(input)} is expected here.`
    else inputs[input.name] = value
  }
  return { inputs, errors }
}

/** The controls of an action's inputs, in the order of the definition. */
export function inputFields(
  action: ActionPlan,
  form: FormValues,
  errors: Readonly<Record<string, string>>,
): readonly FieldModel[] {
  return action.inputs.map((input) => {
    const error = errors[input.name]
    return {
      id: `in-${input.name.replace(/\W/g, '-')}`,
      name: controlName(input),
      label: input.name,
      type: controlType(input),
      value: form.raw(controlName(input)),
      required: input.required,
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(optionsOf(input) === undefined ? {} : { options: optionsOf(input) ?? [] }),
      ...(error === undefined ? {} : { error }),
      // The browser's own refusal would keep the request from being shown while the form is half filled.
      more: { required: false },
    }
  })
}

function readValue(input: InputPlan, text: string): unknown {
  if (isJsonInput(input)) return readJson(text)
  if (input.type === 'number') return readNumber(text)
  if (input.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined
  return text
}

function readNumber(text: string): unknown {
  const number = Number(text)
  if (!Number.isSafeInteger(number) && /^-?\d+$/.test(text)) return BigInt(text)
  return Number.isFinite(number) ? number : undefined
}

function isJsonInput({ array, type }: InputPlan): boolean {
  return array || type === 'object'
}

function readJson(text: string): unknown {
  try {
    return readExactJson(text)
  } catch {
    return undefined
  }
}

function controlType(input: InputPlan): FieldModel['type'] {
  if (isJsonInput(input)) return 'text_area'
  return optionsOf(input) === undefined ? 'text' : 'select'
}

function optionsOf(input: InputPlan): { readonly value: string; readonly label: string }[] | undefined {
  if (isJsonInput(input)) return undefined
  const values = input.type === 'boolean' ? ['true', 'false'] : input.values
  return values?.map((value) => ({ value, label: value }))
}

function article(input: InputPlan): string {
  if (isJsonInput(input)) return input.array ? 'A list as JSON, such as ["a", "b"],' : 'An object as JSON'
  return input.type === 'number' ? 'A number' : 'Another value'
}
