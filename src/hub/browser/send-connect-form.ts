import { checkForm } from './credential-fields.ts'
import { all, first, on } from './elements.ts'
import { tellParent } from './parent-window.ts'
import { onAttempt, sendToWindow } from './provider-window.ts'

/** Sends the form without leaving the page; the answer is the same page that a plain form would get. */
export function enableConnectForm(): void {
  for (const form of all('form#connect', HTMLFormElement)) form.noValidate = true
  on('submit', 'form#connect', (form, event) => {
    if (!(form instanceof HTMLFormElement)) return
    event.preventDefault()
    if (form.dataset['sent'] === 'yes' || !checkForm(form)) return
    if (form.dataset['returned'] === undefined) void send(form)
    else sendToWindow(form)
  })
  onAttempt((attempt) => {
    const form = first('form#connect', HTMLFormElement)
    const { returned } = form?.dataset ?? {}
    if (form === undefined || returned === undefined) return
    const address = new URL(returned, location.href)
    address.searchParams.set('attempt', attempt)
    void receive(form, () => fetch(address, { headers: { accept: 'text/html' } }))
  })
}

async function send(form: HTMLFormElement): Promise<void> {
  await receive(form, () =>
    fetch(form.action, {
      method: 'POST',
      // Of a FormData alone, so that the body is what a plain form sends.
      body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])),
      headers: { accept: 'text/html' },
    }),
  )
}

async function receive(form: HTMLFormElement, ask: () => Promise<Response>): Promise<void> {
  setWorking(form, true)
  let answer: Document
  try {
    const response = await ask()
    answer = new DOMParser().parseFromString(await response.text(), 'text/html')
  } catch {
    setWorking(form, false)
    say(form, 'The hub could not be reached. Check your connection, then try again.')
    return
  }
  show(answer, form)
}

function show(answer: Document, form: HTMLFormElement): void {
  const linked = first('#linked', HTMLElement, answer)
  const refused = first('#connect-form', HTMLElement, answer)
  const redirect = first('a#continue', HTMLAnchorElement, answer)
  if (redirect !== undefined) location.assign(redirect.href)
  else if (linked !== undefined) showLinked(document.adoptNode(linked), form)
  else if (refused !== undefined) showRefused(document.adoptNode(refused))
  else {
    // Such as the page of an expired link: all of it is for the person.
    document.title = answer.title
    document.body.replaceWith(document.adoptNode(answer.body))
    reportFailure()
  }
}

function showLinked(content: HTMLElement, form: HTMLFormElement): void {
  setWorking(form, false)
  form.reset()
  // What is linked is not linked again with Enter behind the dialog.
  form.dataset['sent'] = 'yes'
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('aria-labelledby', 'linked-title')
  dialog.append(content)
  document.body.append(dialog)
  dialog.showModal()
  dialog.addEventListener('close', () => tellParent({ type: 'close' }))
  reportLinked()
}

/** Tells an embedding page of the account that this page speaks of. */
export function reportLinked(): void {
  const linked = first('#linked', HTMLElement)
  const { account, provider } = linked?.dataset ?? {}
  if (account !== undefined && provider !== undefined) tellParent({ type: 'success', id: account, provider })
}

/** Tells an embedding page of the error that this page is. */
export function reportFailure(): void {
  const { failure, message } = document.body.dataset
  if (failure !== undefined) tellParent({ type: 'error', code: failure, message: message ?? '' })
}

function showRefused(section: HTMLElement): void {
  document.getElementById('connect-form')?.replaceWith(section)
  const form = first('form#connect', HTMLFormElement, section)
  if (form !== undefined) form.noValidate = true
  const failure = document.getElementById('failure')
  failure?.focus()
  failure?.scrollIntoView({ block: 'nearest' })
  if (failure !== null)
    tellParent({
      type: 'error',
      code: failure.dataset['code'] ?? '',
      message: failure.dataset['message'] ?? '',
    })
}

function setWorking(form: HTMLFormElement, working: boolean): void {
  if (working) form.dataset['sent'] = 'yes'
  else delete form.dataset['sent']
  form.setAttribute('aria-busy', String(working))
  const button = first('#submit', HTMLButtonElement, form)
  button?.setAttribute('aria-disabled', String(working))
  const label = button && first('.button-label', HTMLElement, button)
  if (button !== undefined && label !== undefined) {
    label.dataset['idle'] ??= label.textContent ?? ''
    label.textContent = working ? 'Connecting…' : (label.dataset['idle'] ?? '')
    if (working) button.prepend(makeSpinner())
    else first('.spinner', HTMLElement, button)?.remove()
  }
  const progress = document.getElementById('progress')
  progress?.classList.toggle('is-working', working)
  say(form, working ? (first('[data-working]', HTMLElement, form)?.dataset['working'] ?? '') : '')
}

function makeSpinner(): HTMLElement {
  const spinner = document.createElement('span')
  spinner.className = 'spinner'
  spinner.setAttribute('aria-hidden', 'true')
  return spinner
}

function say(form: HTMLFormElement, text: string): void {
  const line = first('#progress p', HTMLElement, form)
  if (line !== undefined) line.textContent = text
}
