import type { ExpressionFunction } from './expression-function.ts'

/**
 * `encodeBase64(text)`: the UTF-8 bytes of a text, number or boolean in Base64. Undefined for a missing value, so
 * that a credential that is absent leaves its hole unfilled instead of being sent as a word.
 */
export const encodeBase64: ExpressionFunction = {
  name: 'encodeBase64',
  readsClock: false,
  apply: (_now, value) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined
    return Buffer.from(String(value), 'utf8').toString('base64')
  },
}
