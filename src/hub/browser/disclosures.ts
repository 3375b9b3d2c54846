import { all } from './elements.ts'

/** Tips and menus close with Escape and with a click elsewhere; an address with a fragment opens what it names. */
export function enableDisclosures(): void {
  const selector = 'details.tip[open], details.bar-menu[open]'
  document.addEventListener('click', (event) => {
    for (const open of all(selector, HTMLDetailsElement))
      if (!(event.target instanceof Node && open.contains(event.target))) open.open = false
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const open of all(selector, HTMLDetailsElement)) {
      open.open = false
      open.querySelector('summary')?.focus()
    }
  })
  openNamed()
  addEventListener('hashchange', openNamed)
}

function openNamed(): void {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!(named instanceof HTMLDetailsElement)) return
  named.open = true
  named.scrollIntoView()
}
