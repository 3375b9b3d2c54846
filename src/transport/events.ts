import type { WaitReason } from './gate.ts'

/** What happens to a request on its way. Plain data without secrets: it may be logged and stored. */
export type TransportEvent = WaitedEvent | RequestEvent | ResponseEvent | RetryEvent | RedirectEvent

interface EventOf<Type extends string> {
  readonly type: Type
  readonly method: string
  /** The path with the names of its inputs in place of their values. */
  readonly urlTemplate: string
  /** From 1. */
  readonly attempt: number
}

/** A request waited for its turn, which has come. */
export interface WaitedEvent extends EventOf<'waited'> {
  readonly reason: WaitReason
  readonly delayMs: number
}

/** A request is about to be sent. */
export interface RequestEvent extends EventOf<'request'> {
  /** Secrets masked. */
  readonly url: string
  /** Secrets masked. */
  readonly headers: Readonly<Record<string, string>>
}

/** A complete answer arrived. */
export interface ResponseEvent extends EventOf<'response'> {
  readonly status: number
  /** Secrets masked. */
  readonly headers: Readonly<Record<string, string>>
  /** After decompression. */
  readonly bodyBytes: number
  /** From sending to the last byte. */
  readonly durationMs: number
}

/** Another attempt will follow. */
export interface RetryEvent extends EventOf<'retry'> {
  /** A clause: the status, or what went wrong. */
  readonly why: string
  readonly delayMs: number
}

/** A read is sent again to another address of the same origin. */
export interface RedirectEvent extends EventOf<'redirect'> {
  readonly status: number
  /** Secrets masked. */
  readonly from: string
  /** Secrets masked. */
  readonly to: string
}
