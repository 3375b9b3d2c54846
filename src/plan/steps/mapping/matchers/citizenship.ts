import { foldName, type Matcher, onceLoaded } from './matcher.ts'

const citizenships = onceLoaded(async (): Promise<ReadonlyMap<string, string>> => {
  const { default: english } = await import('i18n-nationality/langs/en.json', { with: { type: 'json' } })
  const names = Object.entries(english.nationalities)
  const whole = names.map(([code, name]) => [foldName(name), code] as const)
  const short = names.map(([code, name]) => [foldName(name.replace(/ \(.*| - .*/, '')), code] as const)
  // "Congolese" alone could be two countries, so only a short form that is one country's counts.
  const counts = Map.groupBy(short, ([name]) => name)
  return new Map([...short.filter(([name]) => counts.get(name)?.length === 1), ...whole])
})

/** The country that a citizenship belongs to: `French` is `FR`. */
export const citizenshipMatcher: Matcher = {
  load: citizenships.load,
  match: (value) => citizenships.table().get(foldName(value)),
}
