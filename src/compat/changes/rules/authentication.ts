import {
  ability,
  behaviour,
  container,
  demand,
  entry,
  judged,
  limit,
  promise,
  type Rule,
  type Rules,
  scopes,
  wording,
} from '../rule.ts'

/** Who is linked already has not filled in a new field, and loses nothing with one that is no longer asked for. */
const credentialField = entry('credential', { class: 'fix', says: 'is no longer asked for' })

/** What was hidden and is shown is a leak; the other way round is care. */
const secrecy: Rule = {
  added: (value) =>
    value === false
      ? { class: 'breaking', says: 'is shown from now on', code: 'credential-shown' }
      : { class: 'fix', says: 'is hidden', code: 'credential-hidden' },
  removed: () => ({ class: 'fix', says: 'is hidden', code: 'credential-hidden' }),
  changed: (_, after) =>
    after === false
      ? { class: 'breaking', says: 'is shown from now on', code: 'credential-shown' }
      : { class: 'fix', says: 'is hidden', code: 'credential-hidden' },
}

/** How accounts are linked and requests authenticated. */
export const authenticationRules: Rules = {
  'AuthenticationEntry.*': ability('authentication'),
  'AuthenticationMethod[]': ability('authentication'),
  'AuthenticationMethod.type': promise,
  'AuthenticationMethod.label': wording,
  'AuthenticationMethod.authorization': behaviour,
  'AuthenticationMethod.grantType': promise,
  'AuthenticationMethod.environments': ability('environment'),
  'AuthenticationMethod.configFields': behaviour,
  'AuthenticationMethod.setupFields': behaviour,
  'AuthenticationMethod.configNotices': wording,
  'AuthenticationMethod.setupNotices': wording,
  'AuthenticationMethod.support': container,
  'AuthenticationMethod.requiredScopes': scopes,
  'AuthenticationMethod.refreshAuthentication': behaviour,
  'AuthenticationMethod.testActions': behaviour,
  'AuthenticationMethod.authorizationFlow': promise,
  'AuthenticationMethod.certificates': behaviour,
  'AuthenticationMethod.x-mainspring': container,
  'Environment[]': ability('environment'),
  'Environment.key': promise,
  'Environment.name': wording,
  'ConfigField[]': credentialField,
  'ConfigField.key': promise,
  'ConfigField.label': wording,
  'ConfigField.type': judged('fix', 'fix', 'breaking', 'credential-type'),
  'ConfigField.required': demand('credential'),
  'ConfigField.secret': secrecy,
  'ConfigField.readOnly': behaviour,
  'ConfigField.placeholder': wording,
  'ConfigField.description': wording,
  'ConfigField.tooltip': wording,
  'ConfigField.value': behaviour,
  'ConfigField.computed': behaviour,
  'ConfigField.externalSystemAccountIdentifier': behaviour,
  'ConfigField.options': behaviour,
  'ConfigField.validation': limit,
  'ConfigField.x-mainspring': container,
  'FieldOption[]': ability('credential-option'),
  'FieldOption.value': promise,
  'FieldOption.label': wording,
  'FieldValidation.pattern': limit,
  'FieldValidation.format': limit,
  'FieldValidation.errorMessage': wording,
  'Notice[]': wording,
  'Notice.*': wording,
  'Support.*': wording,
  'SupportGuides.*': wording,
  'RefreshAuthentication.*': behaviour,
  'TestAction[]': behaviour,
  'TestAction.*': behaviour,
  'AuthorizationFlow.scopes': scopes,
  'AuthorizationFlow.*': behaviour,
  'Certificates.*': behaviour,
  'NoAuthorization.*': behaviour,
  'BasicAuthorization.*': behaviour,
  'BearerAuthorization.*': behaviour,
  'ApiKeyAuthorization.*': behaviour,
  'OAuth2Authorization.scopes': scopes,
  'OAuth2Authorization.*': behaviour,
  'TokenResponse.*': behaviour,
  'Aws4Signing.*': behaviour,
  'HmacSigning.*': behaviour,
  'Saml.*': behaviour,
}
