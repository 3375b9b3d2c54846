export {
  type AuthenticationKind,
  authenticationKinds,
  type NewConnector,
  newConnector,
  type ScaffoldedFile,
} from './new-connector.ts'
