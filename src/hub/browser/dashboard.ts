import { enableColourFields } from './colour-fields.ts'
import { enableCopyButtons } from './copy-buttons.ts'
import { enableDialogs } from './dialogs.ts'
import { enableDisclosures } from './disclosures.ts'
import { enableForms } from './forms.ts'
import { enableLiveRequests } from './live-request.ts'
import { showWhatWasSaid } from './toasts.ts'

// Every page works without this file; it saves clicks and waits.
enableDialogs()
enableForms()
enableCopyButtons()
enableDisclosures()
enableColourFields()
enableLiveRequests()
showWhatWasSaid()
