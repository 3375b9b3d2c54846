export { accountModel, accountRow, accountTitle } from './account-models.ts'
export { controlName, inputFields, readInputs } from './action-form.ts'
export { actorNames } from './actor-names.ts'
export { apiModel } from './api-model.ts'
export { callSnippets } from './call-snippets.ts'
export { type ConnectOffer, offerOf } from './connect-choice.ts'
export {
  attemptFailure,
  type ConnectRequest,
  checkForm,
  connectModel,
  failureModel,
  notSetUp,
  redirects,
} from './connect-model.ts'
export { type ConnectorName, type ConnectorNames, connectorNames, nameOf } from './connector-names.ts'
export { integrationSetup } from './integration-setup.ts'
export { eventLines, requestBars } from './run-trace.ts'
