export { maskHeaders, maskUrl } from './mask-request.ts'
export type { PreparedRequest, RequestEffect, RequestSecrets } from './prepared-request.ts'
export { createRedactor, mask, type Redact } from './redact.ts'
