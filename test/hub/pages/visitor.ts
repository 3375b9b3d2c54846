import type { TestHub } from '../start-hub.ts'

export interface Page {
  readonly status: number
  readonly headers: Headers
  readonly html: string
  /** Where a redirect led to last: path and query. */
  readonly path: string
  /** The text that a person reads, in one line. */
  readonly text: string
}

/** A person with a browser that runs no script: follows redirects, keeps cookies, sends forms. */
export class Visitor {
  readonly #url: string
  #cookie = ''

  constructor(url: string) {
    this.#url = url
  }

  async signIn(running: TestHub): Promise<this> {
    await this.go(new URL(await running.createLoginUrl()))
    return this
  }

  go(path: string | URL, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#fetch(new URL(path, this.#url), { headers })
  }

  /** Sends the form of the page that goes to this address, or to one that begins so; hidden fields are sent as they are. */
  submit(page: Page, action: string, values: Readonly<Record<string, string>> = {}): Promise<Page> {
    const forms = [...page.html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => form)
    const addressOf = (form: string) => decode(/action="([^"]*)"/.exec(form)?.[1] ?? '')
    const form =
      forms.find((one) => addressOf(one) === action) ?? forms.find((one) => addressOf(one).startsWith(action))
    if (form === undefined) throw new Error(`No form goes to ${action}`)
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    const body = new URLSearchParams()
    for (const [, name = '', value = ''] of hidden) body.set(name, decode(value))
    for (const [name, value] of Object.entries(values)) body.set(name, value)
    return this.#fetch(new URL(addressOf(form), this.#url), { method: 'POST', body })
  }

  async #fetch(address: URL, init: RequestInit, hops = 0): Promise<Page> {
    const response = await fetch(address, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: this.#cookie, ...(init.headers as object) },
    })
    const cookie = response.headers.get('set-cookie')
    if (cookie !== null) this.#cookie = cookie.split(';', 1)[0] ?? ''
    const location = response.headers.get('location')
    if (location !== null && hops < 5) {
      await response.body?.cancel()
      return this.#fetch(new URL(location, address), {}, hops + 1)
    }
    const html = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      html,
      path: address.pathname + address.search,
      text: decode(html.replace(/<head>[\s\S]*?<\/head>|<[^>]+>/g, ' ')).replace(/\s+/g, ' '),
    }
  }
}

function decode(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" }
  return text.replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => entities[name] ?? '')
}
