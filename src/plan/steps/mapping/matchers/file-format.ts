import { type Matcher, onceLoaded } from './matcher.ts'

const formats = onceLoaded(async (): Promise<ReadonlySet<string>> => {
  const { default: types } = await import('mime-db/db.json', { with: { type: 'json' } })
  return new Set(Object.values(types).flatMap((type) => ('extensions' in type ? type.extensions : [])))
})

/** The format that a file's extension stands for, with or without its dot: `.PDF` is `pdf`. */
export const fileFormatMatcher: Matcher = {
  load: formats.load,
  match: (value) => {
    const format = typeof value === 'string' ? value.replace(/^\./, '').trim().toLowerCase() : ''
    return formats.table().has(format) ? format : undefined
  },
}
