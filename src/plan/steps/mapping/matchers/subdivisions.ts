import { foldName, type Matcher, onceLoaded } from './matcher.ts'

interface Subdivision {
  /** Of ISO 3166-2, with its country: `US-CA`. */
  readonly code: string
  readonly name: string
}

interface SubdivisionTables {
  readonly byCode: ReadonlyMap<string, Subdivision>
  /** Undefined for a name that several countries use. */
  readonly byName: ReadonlyMap<string, Subdivision | undefined>
  readonly byCountry: ReadonlyMap<string, readonly string[]>
}

const subdivisions = onceLoaded(async (): Promise<SubdivisionTables> => {
  const { iso31662 } = await import('iso-3166')
  const byName = new Map<string, Subdivision | undefined>()
  for (const entry of iso31662) {
    const name = foldName(entry.name)
    byName.set(name, byName.has(name) ? undefined : entry)
  }
  const countries = Map.groupBy(iso31662, ({ code }) => code.slice(0, 2))
  return {
    byCode: new Map(iso31662.map((entry) => [entry.code, entry])),
    byName,
    byCountry: new Map(
      [...countries].map(([country, entries]) => [country, entries.map(({ code }) => code)]),
    ),
  }
})

const asCode = (value: unknown): string => (typeof value === 'string' ? value.trim().toUpperCase() : '')

/** The matchers of ISO 3166-2. A name that stands for several subdivisions matches none rather than a wrong one. */
export const subdivisionMatchers: readonly (readonly [string, Matcher])[] = [
  [
    'country_subdivisions_by_alpha2code',
    {
      load: subdivisions.load,
      match: (value) => subdivisions.table().byCountry.get(asCode(value)),
    },
  ],
  [
    'country_subdivision_code_by_subdivision_name',
    {
      load: subdivisions.load,
      match: (value) => subdivisions.table().byName.get(foldName(value))?.code,
    },
  ],
  [
    'country_subdivision_name_by_subdivision_code',
    {
      load: subdivisions.load,
      match: (value) => subdivisions.table().byCode.get(asCode(value))?.name,
    },
  ],
]
