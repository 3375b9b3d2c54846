import { foldName, type Matcher, onceLoaded } from './matcher.ts'

interface Country {
  readonly alpha2code: string
  readonly alpha3code: string
  /** Three digits of ISO 3166-1. */
  readonly code: string
  /** Short English name of ISO 3166-1. */
  readonly name: string
}

const inputs = ['alpha2code', 'alpha3code', 'country_code', 'country_name'] as const
const outputs = ['alpha2code', 'alpha3code', 'code', 'name'] as const

type CountryTable = Readonly<Record<(typeof inputs)[number], ReadonlyMap<string, Country>>>

const countries = onceLoaded(async (): Promise<CountryTable> => {
  const { iso31661 } = await import('iso-3166')
  // People and providers write the everyday name more often than that of the standard.
  const everyday = new Intl.DisplayNames('en', { type: 'region' })
  const all = iso31661.map(({ alpha2, alpha3, numeric, name }) => ({
    alpha2code: alpha2,
    alpha3code: alpha3,
    code: numeric,
    name,
  }))
  const by = (key: (country: Country) => readonly string[]) =>
    new Map(all.flatMap((country) => key(country).map((text) => [text, country] as const)))
  return {
    alpha2code: by(({ alpha2code }) => [alpha2code]),
    alpha3code: by(({ alpha3code }) => [alpha3code]),
    country_code: by(({ code }) => [code]),
    country_name: by(({ name, alpha2code }) => [
      foldName(everyday.of(alpha2code)),
      // "Korea, Republic of" is also written "Republic of Korea".
      foldName(name.split(', ').toReversed().join(' ')),
      foldName(name),
    ]),
  }
})

function keyOf(input: (typeof inputs)[number], value: unknown): string {
  if (input === 'country_name') return foldName(value)
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  return input === 'country_code' && text !== '' ? text.padStart(3, '0') : text.toUpperCase()
}

/** `country_<output>_by_<input>`: all sixteen. */
export const countryMatchers: readonly (readonly [string, Matcher])[] = outputs.flatMap((output) =>
  inputs.map((input): [string, Matcher] => [
    `country_${output}_by_${input}`,
    {
      load: countries.load,
      match: (value) => countries.table()[input].get(keyOf(input, value))?.[output],
    },
  ]),
)
