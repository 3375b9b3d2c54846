import { all, first, on } from './elements.ts'

/** A form is sent once, however often it is clicked; `data-busy` says so on its button. */
export function enableForms(): void {
  on('submit', 'form[method="post"]', (form, event) => {
    if (event.defaultPrevented) return
    if (form.dataset['sent'] === 'yes') {
      event.preventDefault()
      return
    }
    form.dataset['sent'] = 'yes'
    const button = first('button[type="submit"]', HTMLButtonElement, form)
    const label = button && first('.button-label', HTMLElement, button)
    const { busy } = form.dataset
    if (button !== undefined) button.setAttribute('aria-disabled', 'true')
    if (label !== undefined && busy !== undefined) label.textContent = busy
  })
  // The back button may bring the page as it was when it was sent.
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    for (const form of all('form[data-sent]', HTMLFormElement)) {
      delete form.dataset['sent']
      first('button[type="submit"]', HTMLButtonElement, form)?.removeAttribute('aria-disabled')
    }
  })
  on('change', 'form[data-submit-on-change] select', (select) => {
    if (select instanceof HTMLSelectElement) select.form?.requestSubmit()
  })
}
