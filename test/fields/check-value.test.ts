import { expect, test } from '@jest/globals'
import { checkValue, type FieldRules, normalizeValue } from '../../src/fields/index.ts'

const firmName: FieldRules = {
  label: 'Firm Name',
  type: 'text',
  required: true,
  validation: { pattern: '^[a-z0-9-]{1,63}$', message: 'Enter the subdomain alone.' },
  normalization: { trim: true, lowercase: true, subdomainOf: 'clockworkrecruiting.com' },
}

test.each([
  ['https://acme.clockworkrecruiting.com', 'acme', 'Taken from the address you pasted: acme'],
  [' https://ACME.ClockworkRecruiting.com/people?q=1 ', 'acme', 'Taken from the address you pasted: acme'],
  ['Acme', 'acme', 'Written in small letters: acme'],
  ['  acme ', 'acme', undefined],
  [
    'https://acme.clockworkrecruiting.com.evil.example',
    'https://acme.clockworkrecruiting.com.evil.example',
    undefined,
  ],
  // The Kelvin sign is no K: it must not become one.
  ['\u212Arow', '\u212Arow', undefined],
])('%j is taken as %j', (typed, value, remark) => {
  expect(normalizeValue(typed, firmName.normalization)).toEqual(
    remark === undefined ? { value } : { value, remark },
  )
})

test('a missing value is named by the label', () => {
  expect(checkValue(firmName, '   ')).toEqual({
    problem: { kind: 'missing', predicate: 'is required', sentence: 'Firm Name is required.' },
  })
  expect(checkValue({ ...firmName, required: false }, '')).toEqual({ value: '' })
})

test('the sentence for a person is the one of the definition, and never holds the value', () => {
  const verdict = checkValue(firmName, 'canary secret!')
  expect(verdict).toMatchObject({ problem: { kind: 'invalid', sentence: 'Enter the subdomain alone.' } })
  expect(JSON.stringify(verdict)).not.toContain('canary')
})

test('a control character is refused, but for line breaks where a text has lines', () => {
  const pem: FieldRules = { label: 'Key', type: 'text_area', required: true, normalization: {} }
  expect(checkValue(pem, 'a\nb')).toEqual({ value: 'a\nb' })
  expect(checkValue({ ...pem, type: 'password' }, 'a\nb')).toMatchObject({
    problem: { sentence: 'Key holds a control character; copy it again without line breaks.' },
  })
})

test('a choice must be one of the offered', () => {
  const region: FieldRules = {
    label: 'Region',
    type: 'select',
    required: true,
    options: [{ value: 'eu', label: 'Europe' }],
    normalization: {},
  }
  expect(checkValue(region, 'eu')).toEqual({ value: 'eu' })
  expect(checkValue(region, 'us')).toMatchObject({ problem: { sentence: 'Region must be one of eu.' } })
})
