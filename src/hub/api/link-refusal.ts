import type { LinkFailure } from '../connect/link-failure.ts'
import { HubError } from '../hub-error.ts'

/** A form that was not linked, as an answer of the API. Never 401 or 403: a component takes those for an ended session. */
export class LinkRefusal extends HubError {
  readonly failure: LinkFailure

  constructor(failure: LinkFailure) {
    const fields = failure.fields.map(({ message }) => message)
    super('hub/not-linked', {
      message: [failure.headline, ...fields].join(' '),
      hint: failure.hint,
      providerMessage: failure.providerMessage ?? failure.hint,
    })
    this.failure = failure
  }
}
