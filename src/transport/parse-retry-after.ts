// The three forms of RFC 9110 §5.6.7; the last one has no zone and means UTC.
const dateForms = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
]
const zonelessDate = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/**
 * The wait a `Retry-After` header asks for, in milliseconds from `nowMs` (since the Unix epoch); a moment in the past is
 * no wait. Undefined where the header is missing or is neither whole seconds nor a date of HTTP.
 *
 * @param headers - names in lower case
 */
export function parseRetryAfter(
  headers: Readonly<Record<string, string | undefined>>,
  nowMs: number,
): number | undefined {
  const text = headers['retry-after']?.trim()
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, Number.MAX_SAFE_INTEGER)
  const moment = parseHttpDate(text)
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - nowMs)
}

function parseHttpDate(text: string): number {
  if (dateForms.some((form) => form.test(text))) return Date.parse(text)
  return zonelessDate.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
}
