/** A body that is made while it is sent, for what is too large to be held. */
export interface StreamedBody {
  /** Number of bytes, where it is known; the body goes out in chunks else. */
  readonly bytes?: number
  /** What an explanation shows in its place. */
  readonly preview?: string
  /** Opens the bytes from their start; `signal` tells that nobody wants the rest. */
  open(signal: AbortSignal): AsyncIterable<Uint8Array>
}

/** Whether a body is made while it is sent. */
export function isStreamed(body: string | Uint8Array | StreamedBody | undefined): body is StreamedBody {
  return typeof body === 'object' && !(body instanceof Uint8Array)
}
