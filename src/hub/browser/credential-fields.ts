import { checkValue, type FieldRules, normalizeValue } from '../../fields/index.ts'
import { all, on } from './elements.ts'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** The rules of the fields come with the page; the server applies the same ones with the same code. */
export function enableCredentialFields(): void {
  on('paste', '[data-rules]', (element) => {
    // The value is there only after the event.
    if (isControl(element)) setTimeout(() => tidy(element))
  })
  on('change', '[data-rules]', (element) => {
    if (!isControl(element)) return
    tidy(element)
    if (element.value !== '') showError(element, problemOf(element))
  })
  on('input', '[data-rules]', (element) => {
    if (!isControl(element)) return
    showError(element, undefined)
    showRemark(element, undefined)
  })
  on('click', '.secret-button', (button) => {
    const input = document.getElementById(button.getAttribute('aria-controls') ?? '')
    if (!(input instanceof HTMLInputElement)) return
    const shown = input.type === 'password'
    input.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(shown))
  })
}

/** Checks every field of the form, shows what is wrong, and goes to the first. @returns whether the form may be sent */
export function checkForm(form: HTMLFormElement): boolean {
  const controls = all('[data-rules]', HTMLElement, form).filter(isControl)
  const wrong = controls.filter((control) => {
    tidy(control)
    const problem = problemOf(control)
    showError(control, problem)
    return problem !== undefined
  })
  wrong[0]?.focus()
  return wrong.length === 0
}

function isControl(element: Element): element is Control {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  )
}

function rulesOf(control: Control): FieldRules {
  return JSON.parse(control.dataset['rules'] ?? '{}')
}

function problemOf(control: Control): string | undefined {
  const verdict = checkValue(rulesOf(control), control.value)
  return 'problem' in verdict ? verdict.problem.sentence : undefined
}

function tidy(control: Control): void {
  if (control instanceof HTMLSelectElement) return
  const { value, remark } = normalizeValue(control.value, rulesOf(control).normalization)
  if (value === control.value) return
  control.value = value
  showRemark(control, remark)
}

function showError(control: Control, problem: string | undefined): void {
  if (problem === undefined) control.removeAttribute('aria-invalid')
  else control.setAttribute('aria-invalid', 'true')
  const field = control.closest('.field')
  field?.classList.toggle('has-error', problem !== undefined)
  field?.classList.remove('is-suspect')
  setText(`${control.id}-error`, problem)
}

function showRemark(control: Control, remark: string | undefined): void {
  setText(`${control.id}-remark`, remark)
}

function setText(id: string, text = ''): void {
  const element = document.getElementById(id)
  if (element !== null && element.textContent !== text) element.textContent = text
}
