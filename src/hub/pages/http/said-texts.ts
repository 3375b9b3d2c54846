/** What the page after a change says, in a toast. Only these: a text in the address would be anybody's to write. */
const texts = {
  renamed: 'The label is saved.',
  works: 'The connection works.',
  paused: 'Nothing runs with this account until it is switched on again.',
  resumed: 'The account is on again.',
  subscribed: 'The provider now delivers the events of this account.',
  unsubscribed: 'The provider no longer delivers the events of this account.',
  disconnected: 'The account is disconnected and its credentials are removed.',
  'disconnected-revoked':
    'The account is disconnected: the provider has taken its tokens back, and the credentials are removed.',
  'disconnected-not-revoked':
    'The account is disconnected and its credentials are removed. The provider has not taken its tokens back: the person can withdraw the access there.',
  'key-revoked': 'The key is revoked.',
  'webhook-removed': 'Nothing is sent there any more.',
  'sent-again': 'The event is sent once more.',
  approved: 'The call may be made: its caller has the token.',
  declined: 'The call is declined.',
  saved: 'Saved.',
  'switched-on': 'It can be linked again.',
  'switched-off': 'It can no longer be linked or used.',
} as const

export type SaidKey = keyof typeof texts

export function saidText(key: string): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key as SaidKey] : undefined
}
