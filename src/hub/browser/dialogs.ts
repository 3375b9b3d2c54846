import { first, on } from './elements.ts'

/** Links with `data-dialog` open the dialog of that id; forms with `data-confirm` ask first. */
export function enableDialogs(): void {
  on('click', 'a[data-dialog]', (link, event) => {
    const dialog = document.getElementById(link.dataset['dialog'] ?? '')
    if (!(dialog instanceof HTMLDialogElement)) return
    event.preventDefault()
    dialog.showModal()
  })
  on('click', '[data-close-dialog]', (button) => button.closest('dialog')?.close())
  on('click', 'dialog', (dialog, event) => {
    // A click beside the dialog is on the dialog itself, whose content fills it.
    if (event.target === dialog && dialog instanceof HTMLDialogElement && isOutside(dialog, event))
      dialog.close()
  })
  on('submit', 'form[data-confirm]', (form, event) => {
    if (!(form instanceof HTMLFormElement) || form.dataset['confirmed'] === 'yes') return
    event.preventDefault()
    event.stopImmediatePropagation()
    ask(form.dataset['confirm'] ?? '', form)
  })
}

function isOutside(dialog: HTMLDialogElement, event: Event): boolean {
  if (!(event instanceof MouseEvent)) return false
  const { left, right, top, bottom } = dialog.getBoundingClientRect()
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom
}

function ask(question: string, form: HTMLFormElement): void {
  const label = first('button[type="submit"]', HTMLButtonElement, form)?.textContent?.trim() ?? 'Go on'
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('aria-labelledby', 'question')
  const title = document.createElement('h2')
  title.className = 'dialog-title'
  title.id = 'question'
  title.textContent = question
  const actions = document.createElement('div')
  actions.className = 'dialog-actions'
  const go = makeButton(label, 'button button-danger', () => {
    form.dataset['confirmed'] = 'yes'
    form.requestSubmit()
    dialog.close()
  })
  actions.append(
    makeButton('Cancel', 'button button-plain', () => dialog.close()),
    go,
  )
  dialog.append(title, actions)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

function makeButton(label: string, className: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = className
  button.textContent = label
  button.addEventListener('click', act)
  return button
}
