/** The named formats of inputs and credential fields. Each pattern is linear in the length of its text. */
export const valueFormats: Readonly<Record<string, { readonly pattern: RegExp; readonly words: string }>> = {
  email: { pattern: /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/, words: 'an e-mail address' },
  url: { pattern: /^https?:\/\/[^\s/?#]\S*$/i, words: 'an http or https URL' },
  uri: { pattern: /^[a-z][a-z0-9+.-]*:\S+$/i, words: 'a URI' },
  uuid: { pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, words: 'a UUID' },
  date: { pattern: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, words: 'a date (YYYY-MM-DD)' },
  datetime: {
    pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/,
    words: 'a date and time (YYYY-MM-DDThh:mm:ss, with Z or an offset)',
  },
  /** The type `datetime_string`: a date, or a date and time with T or a space. */
  datetime_string: {
    pattern: /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/,
    words: 'an ISO 8601 date or date and time',
  },
}
