/** Names that fields of secrets have: `apiKey`, `client_secret`, `Private key`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const joined = words.join('')
  if (/publickey|keyname|keyid|tokenurl|tokentype|secretname|passwordpolicy/.test(joined)) return false
  if (words.some((word) => secretWords.has(word))) return true
  return /apikey|accesskeysecret|privatekey|servicekey|secretkey|signingkey|accesstoken|refreshtoken|clientsecret/.test(
    joined,
  )
}

const secretWords = new Set(['password', 'passwd', 'secret', 'token', 'passphrase'])

/** Forms of keys that providers give out; each is public knowledge and unlikely to be anything else. */
const knownForms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36,}\b/, 'a GitHub token'],
  [/\bglpat-[\w-]{20,}\b/, 'a GitLab token'],
  [/\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}\b/, 'a Stripe key'],
  [/\bsk-[A-Za-z0-9_-]{20,}\b/, 'an API key'],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}\b/, 'a Slack token'],
  [/\bAIza[\w-]{35}\b/, 'a Google API key'],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/, 'a JSON Web Token'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\bSG\.[\w-]{16,}\.[\w-]{16,}/, 'a SendGrid key'],
]

/** What a text holds that looks like a real credential; undefined where it holds none. */
export function findCredential(text: string): { readonly what: string; readonly match: string } | undefined {
  for (const [form, what] of knownForms) {
    const match = form.exec(text)?.[0]
    if (match !== undefined) return { what, match }
  }
  return undefined
}

/** Whether a word is too random to be anything but a key: long, of letters and digits mixed, with high entropy. */
export function looksRandom(word: string): boolean {
  if (word.length < 20 || !/^[\w+/=.-]+$/.test(word)) return false
  if (!/\d/.test(word) || !/[a-z]/i.test(word)) return false
  // Words of a language joined by marks: a placeholder such as `your_partner_client_id_v2`.
  if (/^(?:[a-z]{2,}|[A-Z]{2,}|\d{1,4})(?:[-_.](?:[a-z]{2,}|[A-Z]{2,}|\d{1,4}))+$/.test(word)) return false
  if (/^(?:[a-z0-9-]+\.)+(?:com|net|org|io|example)$/.test(word)) return false
  // A UUID is an id, seldom a key.
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word)) return false
  return entropyOf(word) > 3.3
}

/** Bits per character (Shannon). */
function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
