/**
 * `<mainspring-connect token="…">`: the connect page of the hub inside another product. This one file is all that a page
 * loads; it imports nothing. Attributes: `token` (of a connect session), `provider`, `base-url` (where this file came
 * from, if left out), `height`, `theme` (`light` or `dark`). Events: `success` with `{id, provider}`, `error` with
 * `{code, message}`, `close`.
 */
class MainspringConnect extends HTMLElement {
  static readonly observedAttributes = ['token', 'provider', 'base-url', 'theme', 'height']

  #frame: HTMLIFrameElement | undefined

  readonly #receive = (event: MessageEvent): void => {
    // Two checks: from the hub's origin, and from our own frame.
    if (event.origin !== this.#base().origin || event.source !== this.#frame?.contentWindow) return
    const data: unknown = event.data
    if (
      typeof data !== 'object' ||
      data === null ||
      !('source' in data) ||
      data.source !== 'mainspring-connect'
    )
      return
    const message = data as {
      type?: unknown
      id?: unknown
      provider?: unknown
      code?: unknown
      message?: unknown
      height?: unknown
    }
    if (message.type === 'success') this.#say('success', { id: message.id, provider: message.provider })
    else if (message.type === 'error') this.#say('error', { code: message.code, message: message.message })
    else if (message.type === 'close') this.#say('close', undefined)
    else if (message.type === 'height' && typeof message.height === 'number' && !this.hasAttribute('height'))
      this.#frame.style.height = `${Math.min(Math.max(message.height, 200), 4000)}px`
  }

  connectedCallback(): void {
    window.addEventListener('message', this.#receive)
    this.#render()
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.#receive)
    this.#frame?.remove()
    this.#frame = undefined
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#render()
  }

  #base(): URL {
    return new URL(this.getAttribute('base-url') ?? new URL('.', import.meta.url).href)
  }

  #render(): void {
    const token = this.getAttribute('token') ?? ''
    if (token === '') {
      this.#frame?.remove()
      this.#frame = undefined
      return
    }
    const base = this.#base()
    const address = new URL(`${base.pathname.replace(/\/$/, '')}/connect/${encodeURIComponent(token)}`, base)
    address.searchParams.set('embed', location.origin)
    for (const name of ['provider', 'theme']) {
      const value = this.getAttribute(name)
      if (value !== null) address.searchParams.set(name, value)
    }
    const frame = this.#frame ?? document.createElement('iframe')
    const height = this.getAttribute('height')
    frame.title = 'Connect an account'
    frame.referrerPolicy = 'no-referrer'
    frame.style.cssText = 'display:block;width:100%;border:0;color-scheme:normal'
    frame.style.height =
      height === null ? frame.style.height || '640px' : /^\d+$/.test(height) ? `${height}px` : height
    if (frame.src !== address.href) frame.src = address.href
    if (this.#frame === undefined) {
      this.#frame = frame
      this.replaceChildren(frame)
    }
  }

  #say(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: false }))
  }
}

if (customElements.get('mainspring-connect') === undefined)
  customElements.define('mainspring-connect', MainspringConnect)

export { MainspringConnect }
