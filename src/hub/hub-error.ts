import { type ErrorCodeIn, type ErrorDetails, MainspringError } from '../errors/index.ts'

/** The hub cannot start or refuses a request. */
export class HubError extends MainspringError {
  declare readonly code: ErrorCodeIn<'hub'>

  constructor(code: ErrorCodeIn<'hub'>, details: ErrorDetails) {
    super(code, details)
  }
}
