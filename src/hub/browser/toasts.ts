const shownForMs = 5000

/** A short word about what was done; the region is announced by screen readers. */
export function showToast(text: string): void {
  const region = document.getElementById('toasts')
  if (region === null) return
  const toast = document.createElement('p')
  toast.className = 'toast'
  toast.textContent = text
  region.append(toast)
  setTimeout(() => toast.remove(), shownForMs)
}

/** What the server says was just done; the address forgets it, so that a reload does not say it again. */
export function showWhatWasSaid(): void {
  const { said } = document.body.dataset
  if (said === undefined) return
  showToast(said)
  const address = new URL(location.href)
  address.searchParams.delete('said')
  history.replaceState(history.state, '', address)
}
