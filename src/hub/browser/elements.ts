/** Every element of a selector, as the type it has to be; others are passed over. */
export function all<T extends Element>(
  selector: string,
  type: new () => T,
  root: ParentNode = document,
): T[] {
  return [...root.querySelectorAll(selector)].filter((element): element is T => element instanceof type)
}

/** The first element of a selector, where it is of the type. */
export function first<T extends Element>(
  selector: string,
  type: new () => T,
  root: ParentNode = document,
): T | undefined {
  const found = root.querySelector(selector)
  return found instanceof type ? found : undefined
}

/** Calls back for events on elements of a selector, those that come later included. */
export function on(
  event: string,
  selector: string,
  handle: (element: HTMLElement, event: Event) => void,
): void {
  document.addEventListener(event, (happened) => {
    const element = happened.target instanceof Element ? happened.target.closest(selector) : null
    if (element instanceof HTMLElement) handle(element, happened)
  })
}
