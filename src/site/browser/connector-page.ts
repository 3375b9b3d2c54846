// What a page of a connector does beside being read. A classic script: it imports nothing.
;(() => {
  /** An action that was linked to is meant to be read. */
  const openTarget = (): void => {
    let id = ''
    try {
      id = decodeURIComponent(location.hash.slice(1))
    } catch {
      return
    }
    const target = document.getElementById(id)
    if (!(target instanceof HTMLDetailsElement)) return
    target.open = true
    target.scrollIntoView()
  }

  const copy = async (button: HTMLButtonElement): Promise<void> => {
    try {
      await navigator.clipboard.writeText(button.dataset['copy'] ?? '')
    } catch {
      // Some browsers forbid it to pages from a disk: then at least it is selected.
      const text = button.parentElement?.querySelector('code')
      if (text != null) getSelection()?.selectAllChildren(text)
      return
    }
    button.classList.add('is-done')
    setTimeout(() => button.classList.remove('is-done'), 1200)
  }

  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null
    if (button instanceof HTMLButtonElement) void copy(button)
  })
  addEventListener('hashchange', openTarget)
  openTarget()
})()

export {}
