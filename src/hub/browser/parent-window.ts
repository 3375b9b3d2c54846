/** What the frame of the connect page tells the page that embeds it. */
export type ParentMessage =
  | { readonly type: 'success'; readonly id: string; readonly provider: string }
  | { readonly type: 'error'; readonly code: string; readonly message: string }
  | { readonly type: 'close' }
  | { readonly type: 'height'; readonly height: number }

/** The mark of our messages among all that a page receives. */
export const messageSource = 'mainspring-connect'

/**
 * Tells the embedding page, and no other: the server put its origin here after it had found it among the allowed ones,
 * and the browser delivers to that origin alone.
 */
export function tellParent(message: ParentMessage): void {
  const { parentOrigin } = document.body.dataset
  if (parentOrigin === undefined || window.parent === window) return
  window.parent.postMessage({ source: messageSource, ...message }, parentOrigin)
}

/** Keeps the frame as high as its content. */
export function reportHeight(): void {
  if (document.body.dataset['parentOrigin'] === undefined) return
  const report = () =>
    tellParent({ type: 'height', height: Math.ceil(document.body.getBoundingClientRect().height) })
  new ResizeObserver(report).observe(document.body)
}
