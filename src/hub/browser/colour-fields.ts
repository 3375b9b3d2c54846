import { all } from './elements.ts'

/** Beside each field for a colour stands a picker; both show the same. */
export function enableColourFields(): void {
  for (const field of all('input[data-colour]', HTMLInputElement)) {
    const picker = document.createElement('input')
    picker.type = 'color'
    picker.className = 'control'
    picker.setAttribute('aria-label', `Pick: ${field.labels?.[0]?.textContent?.trim() ?? 'colour'}`)
    const follow = () => {
      const shown = field.value === '' ? field.dataset['colour'] : field.value
      if (shown !== undefined && /^#[0-9a-f]{6}$/i.test(shown)) picker.value = shown
    }
    follow()
    field.addEventListener('input', follow)
    picker.addEventListener('input', () => {
      field.value = picker.value
    })
    const row = document.createElement('div')
    row.className = 'colour-row'
    field.replaceWith(row)
    row.append(picker, field)
  }
}
