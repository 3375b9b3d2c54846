import { enableCredentialFields } from './credential-fields.ts'
import { enableDisclosures } from './disclosures.ts'
import { on } from './elements.ts'
import { reportHeight, tellParent } from './parent-window.ts'
import { reportAttempt } from './provider-window.ts'
import { enableConnectForm, reportFailure, reportLinked } from './send-connect-form.ts'

// The page works without this file; with it the form is checked while it is filled, and sent without leaving the page.
enableCredentialFields()
enableConnectForm()
enableDisclosures()
on('click', '[data-close]', (button) => {
  const dialog = button.closest('dialog')
  if (dialog === null) tellParent({ type: 'close' })
  else dialog.close()
})
// The address alone would only scroll there.
on('click', 'a[href^="#field-"]', (link, event) => {
  const input = document.getElementById(link.getAttribute('href')?.slice(1) ?? '')
  if (input === null) return
  event.preventDefault()
  input.focus()
  input.scrollIntoView({ block: 'center' })
})
reportAttempt()
reportHeight()
reportLinked()
reportFailure()
