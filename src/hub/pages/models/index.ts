export { accountModel, accountRow, accountTitle } from './account-models.ts'
export { type ConnectOffer, offerOf } from './connect-choice.ts'
export { type ConnectRequest, checkForm, connectModel, failureModel } from './connect-model.ts'
export { type ConnectorName, type ConnectorNames, connectorNames, nameOf } from './connector-names.ts'
