import type { Normalization } from './field-rules.ts'

/** A value as the provider wants it, and a sentence for the person where more than spaces were changed. */
export interface NormalizedValue {
  readonly value: string
  readonly remark?: string
}

/** Applies what a field forgives: what a person typed or pasted becomes what the provider wants. */
export function normalizeValue(typed: string, normalization: Normalization): NormalizedValue {
  const { trim, lowercase, subdomainOf } = normalization
  const trimmed = trim === true ? typed.trim() : typed
  const label = subdomainOf === undefined ? undefined : labelOfAddress(trimmed, subdomainOf)
  // Letters of ASCII only: toLowerCase would turn look-alikes such as the Kelvin sign into plain letters.
  const small = (text: string) =>
    lowercase === true ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text
  const value = small(label ?? trimmed)
  if (label !== undefined) return { value, remark: `Taken from the address you pasted: ${value}` }
  return value === trimmed ? { value } : { value, remark: `Written in small letters: ${value}` }
}

function labelOfAddress(text: string, domain: string): string | undefined {
  const escaped = domain.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^https://([^./@:?#\\\\\\s]+)\\.${escaped}(?:[/?#][^\\s]*)?$`, 'i').exec(text)?.[1]
}
