export type { PreparedRequest, RequestEffect, RequestSecrets } from './prepared-request.ts'
