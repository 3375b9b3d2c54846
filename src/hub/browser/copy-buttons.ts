import { on } from './elements.ts'
import { showToast } from './toasts.ts'

/** Buttons with `data-copy` put their value into the clipboard. */
export function enableCopyButtons(): void {
  on('click', '[data-copy]', (button) => {
    const { copy = '' } = button.dataset
    copyText(copy).then(
      () => {
        button.classList.add('is-done')
        showToast('Copied')
      },
      () => showToast('Copying is not allowed here; select the text instead'),
    )
  })
}

async function copyText(text: string): Promise<void> {
  // Only a secure context has it; the address of another machine without TLS is none.
  await navigator.clipboard.writeText(text)
}
