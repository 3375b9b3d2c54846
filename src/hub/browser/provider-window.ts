const windowName = 'mainspring-connect'
const source = 'mainspring-window'

/** Sends the form into a window of its own: a provider's page is not shown in a frame. */
export function sendToWindow(form: HTMLFormElement): void {
  window.open('', windowName, 'popup,width=560,height=760')
  form.target = windowName
  // Past our own handler, which would send it from here.
  HTMLFormElement.prototype.submit.call(form)
}

/** In that window, at the end: tells the form what it was about, and closes. */
export function reportAttempt(): void {
  const { attempt } = document.body.dataset
  if (attempt === undefined) return
  window.opener?.postMessage({ source, attempt }, location.origin)
  window.close()
}

/** At the form: hears of the end. Only our own pages are heard. */
export function onAttempt(handle: (attempt: string) => void): void {
  addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
    if (origin !== location.origin || typeof data !== 'object' || data === null) return
    const { source: from, attempt } = data as { source?: unknown; attempt?: unknown }
    if (from === source && typeof attempt === 'string') handle(attempt)
  })
}
