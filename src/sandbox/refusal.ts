/** An answer other than success, thrown by whatever finds the reason. It never leaves the sandbox. */
export class Refusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

export const notFound = (): Refusal => new Refusal(404, 'Not Found')
export const unprocessable = (message: string): Refusal => new Refusal(422, message)
