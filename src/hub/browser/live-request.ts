import { all } from './elements.ts'

const waitMs = 250

/** A form with `data-explain` shows the request that it would lead to, as it is filled. */
export function enableLiveRequests(): void {
  for (const form of all('form[data-explain]', HTMLFormElement)) {
    let timer: ReturnType<typeof setTimeout> | undefined
    let latest = 0
    form.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(async () => {
        latest += 1
        const mine = latest
        const parts = await askFor(form)
        // A slower answer to an earlier question is no news.
        if (parts !== undefined && mine === latest) show(parts)
      }, waitMs)
    })
  }
}

async function askFor(form: HTMLFormElement): Promise<Readonly<Record<string, string>> | undefined> {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
  try {
    const response = await fetch(form.dataset['explain'] ?? '', { method: 'POST', body })
    return response.ok ? await response.json() : undefined
  } catch {
    return undefined
  }
}

/** The hub's own markup, escaped by the hub as in the page itself. */
function show(parts: Readonly<Record<string, string>>): void {
  for (const [id, markup] of Object.entries(parts)) {
    const place = document.getElementById(id)
    const parsed = new DOMParser().parseFromString(markup, 'text/html')
    place?.replaceChildren(...parsed.body.childNodes)
  }
}
