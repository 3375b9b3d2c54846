// The search of the static catalog. A classic script: it imports nothing, and its data is a script before it.

type Entry = {
  key: string
  title: string
  description: string
  href: string
  actions: [id: string, label: string, categories: string, description: string][]
}

;(() => {
  const maxShown = 50
  const catalog = (globalThis as { mainspringCatalog?: Entry[] }).mainspringCatalog ?? []
  const part = (id: string): HTMLElement => document.getElementById(id) as HTMLElement
  const input = part('search') as HTMLInputElement
  const tiles = [...document.querySelectorAll<HTMLElement>('.tile')]

  const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

  // Made when somebody first types: a thousand connectors have a million words.
  let connectors: { entry: Entry; words: string[] }[] | undefined
  let actions: { entry: Entry; id: string; label: string; fields: [weight: number, words: string[]][] }[] = []
  const prepare = (): void => {
    if (connectors !== undefined) return
    connectors = catalog.map((entry) => ({
      entry,
      words: wordsOf(`${entry.key} ${entry.title} ${entry.description}`),
    }))
    actions = catalog.flatMap((entry) =>
      entry.actions.map(([id, label, categories, description]) => ({
        entry,
        id,
        label,
        fields: [
          [8, wordsOf(`${id.replaceAll('_', ' ')} ${id} ${label}`)],
          [4, wordsOf(entry.title)],
          [3, wordsOf(categories)],
          [2, wordsOf(description)],
        ],
      })),
    )
  }

  /** A whole word tells more than its beginning. */
  const matchOf = (word: string, candidates: string[]): number =>
    candidates.includes(word) ? 2 : candidates.some((candidate) => candidate.startsWith(word)) ? 1 : 0

  const scoreOf = (words: string[], fields: [number, string[]][]): number => {
    let total = 0
    for (const word of words) {
      const score = fields.reduce((sum, [weight, candidates]) => sum + weight * matchOf(word, candidates), 0)
      if (score === 0) return 0
      total += score
    }
    return total
  }

  const foundLine = ({ entry, id, label }: (typeof actions)[number]): HTMLElement => {
    const make = (tag: string, className: string, ...children: (string | Node)[]): HTMLElement => {
      const element = document.createElement(tag)
      if (className !== '') element.className = className
      element.append(...children)
      return element
    }
    const names = make('span', '', make('span', 'action-name', label), make('code', 'action-id', id))
    const link = make('a', 'found', names, make('span', 'faint', entry.title)) as HTMLAnchorElement
    link.href = `${entry.href}#${encodeURIComponent(id)}`
    return make('li', '', link)
  }

  const show = (): void => {
    const words = wordsOf(input.value)
    prepare()
    const isKept = new Set(
      (connectors ?? [])
        .filter((one) => words.every((word) => matchOf(word, one.words) > 0))
        .map(({ entry }) => entry.key),
    )
    for (const tile of tiles) tile.hidden = !isKept.has(tile.dataset['key'] ?? '')
    const hits =
      words.length === 0
        ? []
        : actions
            .map((action) => ({ action, score: scoreOf(words, action.fields) }))
            .filter(({ score }) => score > 0)
            .sort((one, other) => other.score - one.score)
    part('action-list').replaceChildren(...hits.slice(0, maxShown).map(({ action }) => foundLine(action)))
    part('actions').hidden = hits.length === 0
    part('connectors').hidden = isKept.size === 0
    part('nothing').hidden = words.length === 0 || isKept.size + hits.length > 0
    part('found').textContent =
      words.length === 0 ? '' : `Connectors found: ${isKept.size}. Actions found: ${hits.length}.`
    history.replaceState(
      null,
      '',
      words.length === 0 ? location.pathname : `#${encodeURIComponent(input.value)}`,
    )
  }

  const fromAddress = (): void => {
    try {
      input.value = decodeURIComponent(location.hash.slice(1))
    } catch {
      input.value = ''
    }
  }
  part('search-form').addEventListener('submit', (event) => event.preventDefault())
  input.addEventListener('input', show)
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || document.activeElement === input) return
    event.preventDefault()
    input.focus()
  })
  if (location.hash !== '' && location.hash !== '#content') {
    fromAddress()
    show()
  }
})()

export {}
