// Made from schemas/ by scripts/generate.ts; change those, then run `npm run generate`.

/**
 * What a request carries to prove who calls. A step's own `authorization` replaces the connector's whole.
 */
export type Authorization =
  NoAuthorization | BasicAuthorization | BearerAuthorization | ApiKeyAuthorization | OAuth2Authorization
/**
 * How a request is signed. `request` steps only; not together with `encodeQueryParams: false`.
 */
export type Signing = Aws4Signing | HmacSigning
export type BooleanOrExpression = boolean | Expression
/**
 * A text that is evaluated: a path (`$.inputs.id`), a program (`{{present($.inputs.id)}}`) or a text with holes (`/people/${inputs.id}`).
 */
export type Expression = string
export type IntegerOrExpression = number | Expression
/**
 * string, number, boolean, datetime_string, object or enum. A list is its element type with `array: true`.
 */
export type InputType = string
/**
 * A rule over several inputs.
 */
export type ValidationRule = FieldsRule | RequiredIfRule
export type BuiltInMatcher = string
/**
 * What a step does.
 */
export type StepFunction =
  | RequestFunction
  | PaginatedRequestFunction
  | SoapRequestFunction
  | SoapPaginatedRequestFunction
  | MapFieldsFunction
  | TypecastFunction
  | GroupDataFunction
  | StaticValuesFunction
  | DownloadFileFunction
  | UploadFileFunction
  | UploadBinaryFunction
  | EmitEventFunction
  | SignJwtFunction
  | CodeExecutionLambdaFunction
  | McpRequestFunction
  | BrowserUseFunction
/**
 * Version of the step function, a string.
 */
export type FirstVersion = '1'
/**
 * Replaces the connector's base URL. It is joined with `url` as it stands: nothing is normalised or encoded.
 */
export type BaseUrl = string
/**
 * Path behind the base URL; holds path values as `${inputs.id}`. Write query parameters as args, not here.
 */
export type Url = string
/**
 * HTTP method, in small letters.
 */
export type Method = ('get' | 'post' | 'put' | 'delete' | 'patch') | Expression
/**
 * A program such as `{{present($.inputs.id)}}`, or true or false.
 */
export type Condition =
  | string
  | boolean
  | {
      readonly [k: string]: unknown
    }
/**
 * What the request carries. Inputs are never forwarded by themselves.
 */
export type Args = readonly Arg[]
/**
 * Statuses that mean something else here.
 */
export type CustomErrors = readonly CustomError[]
/**
 * false sends the values of query parameters as they stand.
 */
export type EncodeQueryParams = boolean | Expression
/**
 * Minutes for which the answer is kept for the account, by method, URL and body. 0 keeps nothing.
 */
export type CacheMinutes = number | Expression
/**
 * The whole envelope, as text or structure. Left out, one is built around the body args.
 */
export type Envelope =
  | string
  | {
      readonly [k: string]: unknown
    }
/**
 * Namespaces of the envelope. The first one's prefix goes to every element without prefix.
 */
export type SoapNamespaces = readonly SoapNamespace[]
/**
 * The element around the body args; needed unless `envelope` is given.
 */
export type SoapOperation = string
/**
 * Value of the `SOAPAction` header.
 */
export type SoapAction = string
/**
 * Add a WS-Security token of the credentials `username` and `password`.
 */
export type UseSoapContext = boolean | Expression
/**
 * Version of the step function, a string. Write '2': version 1 is a relic without output.
 */
export type SecondVersion = '1' | '2'
/**
 * How a listing is taken page by page.
 */
export type PagingDefinition = OffsetPaging | PagePaging | CursorPaging | LinkPaging
/**
 * Where the paging parameters are placed. Their names are dotted paths in a body: `variables.after`.
 */
export type PagingIn = 'query' | 'body'
/**
 * Name of the provider's parameter for the number of rows of a page; the value of the page-size input is sent under it. Left out, no size is sent.
 */
export type LimitParam = string
/**
 * Dotted path in the body to the number of all rows. Where given, an empty page before that number is an error, and reaching it ends the listing.
 */
export type TotalPath = string
/**
 * No paging parameter is known for this call: one call takes the whole list unless the caller gives a page size.
 */
export type OnlyWhenAsked = boolean
/**
 * Most pages of one listing; more is a coded error, never a silent end.
 */
export type MaxPages = number
/**
 * Most rows of one listing; more is a coded error, never a silent end.
 */
export type MaxRows = number
/**
 * Name of the input with which the caller asks for a number of rows.
 */
export type PageSizeInput = string
/**
 * Name of the input that takes the `next` of the page before.
 */
export type CursorInput = string
/**
 * A dotted path in the body of a response, such as `data.people`; `$` is the whole body.
 */
export type BodyPath = string
/**
 * What the caller gets: an expression, or a structure with expressions at its leaves. `data` is customary; `next` is the cursor of a listing that pages by hand.
 */
export type ActionResult =
  | string
  | {
      readonly [k: string]: unknown
    }
  | readonly unknown[]
/**
 * How well a thing is known: A called by a shipped, reviewed client; B called by a client whose success is not proven; C stated in documentation; D seen for another version of the API only; E inferred, without a sighting.
 */
export type EvidenceMark = 'A' | 'B' | 'C' | 'D' | 'E'
/**
 * The actions, in order. A partial may stand for several.
 */
export type Actions = readonly Action[]

/**
 * A `<name>.connector.s1.yaml` file: how to authenticate with a provider, and what can be done there.
 */
export interface ConnectorDefinition {
  /**
   * Version of the format: `1.0.0`.
   */
  readonly StackOne: '1.0.0'
  readonly info: Info
  /**
   * Address before each step's `url`; joined as they stand. May hold `${credentials.x}`, or be a `{{…}}` program that chooses by `$.context.authenticationType`.
   */
  readonly baseUrl?: string
  /**
   * Where the provider documents its API.
   */
  readonly resources?: string | readonly string[]
  /**
   * The ways to authenticate; alternatives, the first is the default.
   */
  readonly authentication?: readonly AuthenticationEntry[]
  readonly rateLimit?: RateLimit
  readonly concurrency?: Concurrency
  /**
   * What can be done: a list of actions, or references to partials that hold lists.
   */
  readonly actions: Actions
  /**
   * preview, beta, ga, deprecated or internal.
   */
  readonly releaseStage?: string
  /**
   * The scopes of the provider, by name.
   */
  readonly scopeDefinitions?: {
    readonly [k: string]: ScopeDefinition
  }
  readonly documentation?: Documentation
  /**
   * More about the connector.
   */
  readonly details?: string
  /**
   * Kinds of product it belongs to.
   */
  readonly categories?: readonly string[]
  /**
   * The connector this one was made from.
   */
  readonly forkedFrom?: unknown
  /**
   * Who looks after it.
   */
  readonly owner?: unknown
  readonly mcp?: McpSettings
  /**
   * Actions whose rows are kept in step elsewhere. Mainspring does not run syncs.
   */
  readonly syncedActions?: unknown
  readonly events?: Events
  /**
   * Extension keys of the connector: what every request carries, and where errors are told.
   */
  readonly 'x-mainspring'?: ConnectorExtension
}
/**
 * What the connector is.
 */
export interface Info {
  /**
   * Name of the provider, for people.
   */
  readonly title: string
  /**
   * Name of the connector in small letters. Tools are named `<key>_<actionId>`: never change it.
   */
  readonly key: string
  /**
   * Version of this definition (semver), a string.
   */
  readonly version: string
  /**
   * What the provider is, in a sentence.
   */
  readonly description?: string
  readonly assets?: Assets
  /**
   * More about it.
   */
  readonly details?: string
  readonly changelog?: Changelog
}
/**
 * Pictures.
 */
export interface Assets {
  /**
   * Address of the logo.
   */
  readonly icon?: string
}
/**
 * What this version changes.
 */
export interface Changelog {
  /**
   * What has changed.
   */
  readonly summary?: string
  /**
   * auth, downstream-change, bug-fix, new-actions.
   */
  readonly labels?: readonly string[]
}
/**
 * A map with one key: the name of the method, which expressions read as `$.context.authenticationType`.
 */
export interface AuthenticationEntry {
  readonly [k: string]: AuthenticationMethod
}
/**
 * One way to authenticate.
 */
export interface AuthenticationMethod {
  /**
   * custom, oauth2 or mcp. oauth2 sends the person to the provider; custom asks for the fields only.
   */
  readonly type?: string
  /**
   * Name for people.
   */
  readonly label?: string
  /**
   * What each request carries, unless a step says otherwise.
   */
  readonly authorization?: Authorization
  /**
   * authorization_code or client_credentials.
   */
  readonly grantType?: string
  /**
   * Environments of the provider; `production` must be one of them.
   */
  readonly environments?: readonly Environment[]
  /**
   * Fields asked of the person who links an account.
   */
  readonly configFields?: readonly ConfigField[]
  /**
   * Fields asked of the integrator, once.
   */
  readonly setupFields?: readonly ConfigField[]
  /**
   * Notices beside the config fields.
   */
  readonly configNotices?: readonly Notice[]
  /**
   * Notices beside the setup fields.
   */
  readonly setupNotices?: readonly Notice[]
  readonly support?: Support
  /**
   * Scopes that the account must grant.
   */
  readonly requiredScopes?: string | readonly string[]
  readonly refreshAuthentication?: RefreshAuthentication
  /**
   * Actions that are run when an account is linked, to prove the credentials.
   */
  readonly testActions?: readonly TestAction[]
  readonly authorizationFlow?: AuthorizationFlow
  /**
   * Certificates for mutual TLS.
   */
  readonly certificates?: Certificates
  /**
   * Extension keys of this method: headers and query that carry credentials, and the linking guide.
   */
  readonly 'x-mainspring'?: AuthenticationExtension
}
/**
 * No authorization header. Credentials then travel in args, a signature, or `x-mainspring` headers.
 */
export interface NoAuthorization {
  /**
   * No authorization header.
   */
  readonly type: 'none'
  /**
   * Sign each request instead.
   */
  readonly signing?: Signing
  /**
   * Overrides the address the provider sends the person back to.
   */
  readonly redirectUri?: string
}
/**
 * Signs a request with AWS Signature Version 4. Reads the credentials `accessKeyId`, `secretAccessKey` and, where present, `sessionToken` and `region`.
 */
export interface Aws4Signing {
  /**
   * AWS Signature Version 4.
   */
  readonly strategy: 'aws4'
  /**
   * The AWS service that is called, such as `s3`.
   */
  readonly service: string
  /**
   * The AWS region. Default: the credential `region`, else `us-east-1`.
   */
  readonly region?: string
}
/**
 * Signs date, method, path, sorted query and the hash of the body with the credential `secretKey`.
 */
export interface HmacSigning {
  /**
   * A keyed hash over the request.
   */
  readonly strategy: 'hmac'
  /**
   * The hash.
   */
  readonly algorithm?: 'sha256' | 'sha512' | 'sha1'
  /**
   * The header that carries the signature.
   */
  readonly headerName?: string
  /**
   * The word before the signature. Default: `hmac-` and the algorithm.
   */
  readonly prefix?: string
  /**
   * How the signed time is written.
   */
  readonly dateFormat?: 'iso8601' | 'rfc2822'
  /**
   * Sign the host as well.
   */
  readonly includeHost?: boolean
  /**
   * Sign the SHA-256 of the body as well.
   */
  readonly includeBodyHash?: boolean
  /**
   * `header`: its own header and `X-Timestamp`. `basic`: `Authorization: Basic` of username and signature, and `Date`.
   */
  readonly outputFormat?: 'header' | 'basic'
  /**
   * The user name of the `basic` output format.
   */
  readonly username?: string
}
/**
 * `Authorization: Basic` of user name and password (RFC 7617).
 */
export interface BasicAuthorization {
  /**
   * HTTP basic authentication (RFC 7617).
   */
  readonly type: 'basic'
  /**
   * Expression for the user name.
   */
  readonly username?: string
  /**
   * Expression for the password. An empty text fails in the original runtime; leave the key out instead.
   */
  readonly password?: string
  /**
   * How `user:password` is encoded. Anything but base64 is for providers that depart from the standard.
   */
  readonly encoding?: string
}
/**
 * `Authorization: Bearer <token>` (RFC 6750).
 */
export interface BearerAuthorization {
  /**
   * A bearer token (RFC 6750).
   */
  readonly type: 'bearer'
  /**
   * Expression for the token.
   */
  readonly token: string
  /**
   * false sends the token alone, without the word `Bearer`.
   */
  readonly includeBearer?: BooleanOrExpression
}
/**
 * A key in a header or a query parameter. The published documentation has it, and the published runtime refuses it: `mainspring export` turns it into arguments.
 */
export interface ApiKeyAuthorization {
  /**
   * An API key.
   */
  readonly type: 'apiKey'
  /**
   * Name of the header or query parameter.
   */
  readonly key: string
  /**
   * Expression for the key, such as `$.credentials.apiKey`.
   */
  readonly value: string
  /**
   * Where the key goes. A query stands in logs of servers: prefer the header.
   */
  readonly in?: 'header' | 'query'
}
/**
 * OAuth 2.0: the person consents at the provider, and requests carry the access token.
 */
export interface OAuth2Authorization {
  /**
   * OAuth 2.0 (RFC 6749).
   */
  readonly type: 'oauth2'
  /**
   * Expression for the access token, usually `$.credentials.accessToken`.
   */
  readonly token: string
  /**
   * false sends the token alone, without the word `Bearer`.
   */
  readonly includeBearer?: BooleanOrExpression
  /**
   * The page of the provider where the person consents.
   */
  readonly authorizationUrl?: string
  /**
   * Query parameters of that page: `response_type`, `client_id`, `redirect_uri`, `scope` …
   */
  readonly authorizationParams?: {
    readonly [k: string]: unknown
  }
  /**
   * The endpoint that turns a code into tokens.
   */
  readonly tokenUrl?: string
  /**
   * More form fields of the token call.
   */
  readonly tokenParams?: {
    readonly [k: string]: unknown
  }
  /**
   * Life of the access token in seconds, where the provider does not say.
   */
  readonly tokenExpiresIn?: IntegerOrExpression
  /**
   * Life of the refresh token in seconds.
   */
  readonly tokenRefreshExpiresIn?: IntegerOrExpression
  /**
   * Scopes to ask for.
   */
  readonly scopes?: string | readonly string[]
  /**
   * What stands between two scopes; a space by the standard.
   */
  readonly scopeDelimiter?: string
  /**
   * Headers of the token calls.
   */
  readonly customHeaders?: {
    readonly [k: string]: unknown
  }
  /**
   * Add a code challenge (RFC 7636).
   */
  readonly pkce?: BooleanOrExpression
  /**
   * The issuer that the answer of the provider must name.
   */
  readonly issuer?: string
  /**
   * Overrides the address the provider sends the person back to.
   */
  readonly redirectUri?: string
  /**
   * More credentials to keep from the token answer: name → expression.
   */
  readonly additionalTokenFields?: {
    readonly [k: string]: unknown
  }
  /**
   * Query parameters of the callback to keep: parameter → credential. The credentials of the flow itself (accessToken, refreshToken, clientId …) cannot be targets.
   */
  readonly callbackParams?: {
    readonly [k: string]: unknown
  }
  /**
   * How to read an answer that departs from the standard.
   */
  readonly tokenResponse?: TokenResponse
}
/**
 * How to read the answer of a token endpoint that departs from the standard.
 */
export interface TokenResponse {
  /**
   * Token types to take besides Bearer and DPoP.
   */
  readonly acceptTokenTypes?: readonly string[]
  /**
   * Expression for the access token.
   */
  readonly accessToken?: string
  /**
   * Expression for the refresh token.
   */
  readonly refreshToken?: string
}
/**
 * An environment of the provider.
 */
export interface Environment {
  /**
   * Its name in expressions: `production` …
   */
  readonly key: string
  /**
   * Its name for people.
   */
  readonly name?: string
}
/**
 * A field that is asked for; its value is read as `$.credentials.<key>`.
 */
export interface ConfigField {
  /**
   * Name of the credential.
   */
  readonly key: string
  /**
   * Name for people.
   */
  readonly label?: string
  /**
   * text, password, text_area or select.
   */
  readonly type?: string
  /**
   * The account cannot be linked without it.
   */
  readonly required?: boolean
  /**
   * The value must never be shown. Default: true for type password.
   */
  readonly secret?: boolean
  /**
   * Shown and not asked.
   */
  readonly readOnly?: boolean
  /**
   * What stands in the empty field.
   */
  readonly placeholder?: string
  /**
   * What it is, and where to find it.
   */
  readonly description?: string
  /**
   * More about it, on demand.
   */
  readonly tooltip?: string
  /**
   * Its value where it is not asked for.
   */
  readonly value?: unknown
  /**
   * The value is computed, not asked for.
   */
  readonly computed?: unknown
  /**
   * The value tells accounts of the provider apart.
   */
  readonly externalSystemAccountIdentifier?: unknown
  /**
   * The choices of a `select` field.
   */
  readonly options?: readonly FieldOption[]
  readonly validation?: FieldValidation
  /**
   * Extension keys of this field: what is forgiven in a pasted value.
   */
  readonly 'x-mainspring'?: ConfigFieldExtension
}
/**
 * A choice of a `select` field.
 */
export interface FieldOption {
  /**
   * What is stored.
   */
  readonly value: string
  /**
   * What is shown.
   */
  readonly label?: string
}
/**
 * What a field must look like; not for `select`.
 */
export interface FieldValidation {
  /**
   * Regular expression that the value must match.
   */
  readonly pattern?: string
  /**
   * email, url, uri, uuid, date or datetime.
   */
  readonly format?: string
  /**
   * What to say when it does not.
   */
  readonly errorMessage?: string
}
/**
 * Extension keys of one field that is asked for.
 */
export interface ConfigFieldExtension {
  /**
   * What is forgiven in a typed or pasted value before it is checked.
   */
  readonly normalize?: Normalization
}
/**
 * What is forgiven in a typed or pasted value before it is checked.
 */
export interface Normalization {
  /**
   * Take away spaces around the value.
   */
  readonly trim?: boolean
  /**
   * Turn capitals into small letters.
   */
  readonly lowercase?: boolean
  /**
   * A domain, such as `example.com`: a pasted https address of one of its subdomains is understood as the label of that subdomain.
   */
  readonly subdomainOf?: string
}
/**
 * A notice beside the fields.
 */
export interface Notice {
  /**
   * Its name.
   */
  readonly key?: string
  /**
   * warning or info.
   */
  readonly type?: string
  /**
   * What it says.
   */
  readonly description: string
  /**
   * top or bottom.
   */
  readonly position?: string
  /**
   * The field it belongs to; position top only.
   */
  readonly anchor?: unknown
}
/**
 * Where to find help with this method.
 */
export interface Support {
  /**
   * Address of a page about it.
   */
  readonly link?: string
  /**
   * What the method is.
   */
  readonly description?: string
  readonly guides?: SupportGuides
}
/**
 * Guides of the provider or integrator.
 */
export interface SupportGuides {
  /**
   * Guide for the person who links an account.
   */
  readonly config?: unknown
  /**
   * Guide for the integrator.
   */
  readonly setup?: unknown
}
/**
 * How new tokens are fetched.
 */
export interface RefreshAuthentication {
  /**
   * When to refresh without being asked (cron).
   */
  readonly schedule?: string
  /**
   * A whole action of type refresh_token. The keys of its `result.data` (`accessToken`, `refreshToken`, `expiresIn` …) become credentials. Where the client's credentials go into the body, its step needs `authorization: {type: none}`.
   */
  readonly action: Action
}
/**
 * One thing that can be done with the provider.
 */
export interface Action {
  /**
   * Unique name in snake_case. Tools are named `<connector key>_<actionId>`.
   */
  readonly actionId: string
  /**
   * Name for people.
   */
  readonly label?: string
  /**
   * What it does, in a sentence; people and language models read this.
   */
  readonly description?: string
  /**
   * More about it.
   */
  readonly details?: string
  /**
   * Where the provider documents it.
   */
  readonly resources?: string | readonly string[]
  /**
   * Kinds of product it belongs to, such as `ats`, `crm`, `hris`.
   */
  readonly categories?: readonly string[]
  /**
   * list, get, create, update, delete, custom, refresh_token, test, event or unknown.
   */
  readonly actionType?: string
  /**
   * native or unified: whose field names the result has.
   */
  readonly schemaType?: string
  /**
   * Name of the kind of record; informative.
   */
  readonly schema?: unknown
  /**
   * Path under which a unified API offers the action, such as `/people/:id`; informative.
   */
  readonly entrypointUrl?: string
  /**
   * Method under which a unified API offers the action; informative.
   */
  readonly entrypointHttpMethod?: string
  /**
   * What the caller gives.
   */
  readonly inputs?: readonly Input[]
  /**
   * Rules over several inputs.
   */
  readonly validationRules?: readonly ValidationRule[]
  /**
   * Fields of the mapped record, used by the `map_fields` and `typecast` steps that have no `fields` of their own.
   */
  readonly fieldConfigs?: readonly FieldConfig[]
  /**
   * What is done, in order.
   */
  readonly steps: readonly Step[]
  readonly result?: ActionResult
  readonly cursor?: ActionCursor
  readonly compositeIdentifiers?: CompositeIdentifiers
  /**
   * Words to find it by.
   */
  readonly tags?: readonly string[]
  /**
   * Examples, for documentation.
   */
  readonly examples?: readonly ActionExample[]
  /**
   * preview, beta, ga, deprecated or internal; documentation only.
   */
  readonly releaseStage?: string
  /**
   * Scopes it needs, separated by spaces.
   */
  readonly requiredScopes?: string | readonly string[]
  /**
   * Scopes it needs, by authentication method.
   */
  readonly authRequirements?: {
    readonly [k: string]: readonly string[] | string
  }
  /**
   * sync or async.
   */
  readonly executionMode?: string
  /**
   * read, write, delete, search, execute: what it does to the data.
   */
  readonly effects?: readonly string[]
  readonly annotations?: Annotations
  readonly dataSync?: DataSync
  /**
   * Events of the provider that belong to it.
   */
  readonly providerEvents?: unknown
  /**
   * Actions that come before it.
   */
  readonly prerequisiteActions?: unknown
  /**
   * Something must be set up at the provider by hand.
   */
  readonly requiresManualSetup?: unknown
  /**
   * Extension keys of this action: stage and evidence.
   */
  readonly 'x-mainspring'?: ActionExtension
}
/**
 * What the caller gives. Inputs are never forwarded by themselves: use them in `url` and `args`.
 */
export interface Input {
  /**
   * Name of the input, read as `$.inputs.<name>`.
   */
  readonly name: string
  readonly type: InputType
  /**
   * The call is refused without it.
   */
  readonly required?: boolean
  /**
   * What it means; people and language models read this.
   */
  readonly description?: string
  /**
   * body, query, path or headers: where the caller gives it. It places nothing in the request. Nested properties have none.
   */
  readonly in?: string
  /**
   * A list of that type.
   */
  readonly array?: boolean
  /**
   * Members of an object.
   */
  readonly properties?: readonly Input[]
  /**
   * Values of an enum.
   */
  readonly oneOf?: EnumValues
  /**
   * What a value must keep to.
   */
  readonly rules?: InputRules
  /**
   * Other types that the input may have.
   */
  readonly variants?: readonly InputVariant[]
}
/**
 * The values of an enum: a list, or the name of a list that is built in.
 */
export interface EnumValues {
  /**
   * The values allowed.
   */
  readonly values?: readonly (string | number | boolean)[]
  /**
   * Name of a built-in list: employment_status, employment_type, gender or marital_status.
   */
  readonly ref?: string
}
/**
 * What a value must keep to.
 */
export interface InputRules {
  /**
   * Least number of characters.
   */
  readonly minLength?: number
  /**
   * Most characters.
   */
  readonly maxLength?: number
  /**
   * Regular expression that the text must match.
   */
  readonly pattern?: string
  /**
   * email, url (http or https), uri, uuid, date (`YYYY-MM-DD`) or datetime (`YYYY-MM-DDThh:mm:ss` with optional fraction and zone).
   */
  readonly format?: string
  /**
   * Least number.
   */
  readonly min?: number
  /**
   * Greatest number.
   */
  readonly max?: number
  /**
   * What to say when the rules are broken.
   */
  readonly errorMessage?: string
}
/**
 * Another type that the input may have.
 */
export interface InputVariant {
  readonly type: InputType
  /**
   * What it means.
   */
  readonly description?: string
  /**
   * A list of that type.
   */
  readonly array?: boolean
  /**
   * Members of an object.
   */
  readonly properties?: readonly Input[]
  /**
   * Values of an enum.
   */
  readonly oneOf?: EnumValues
  /**
   * What a value must keep to.
   */
  readonly rules?: InputRules
}
/**
 * A rule over several inputs.
 */
export interface FieldsRule {
  /**
   * atLeastOneOf: one of them must be given. mutuallyExclusive: at most one may be.
   */
  readonly rule: 'atLeastOneOf' | 'mutuallyExclusive'
  /**
   * Names of the inputs.
   */
  readonly fields: readonly string[]
  /**
   * What to say when the rule is broken.
   */
  readonly errorMessage?: string
}
/**
 * An input that is required under a condition.
 */
export interface RequiredIfRule {
  /**
   * The input is required where the condition holds.
   */
  readonly rule: 'requiredIf'
  /**
   * Name of the input.
   */
  readonly field: string
  /**
   * When it is required.
   */
  readonly condition: RuleCondition
  /**
   * What to say when the rule is broken.
   */
  readonly errorMessage?: string
}
/**
 * When a rule applies.
 */
export interface RuleCondition {
  /**
   * The input that is looked at.
   */
  readonly field: string
  /**
   * It has this value.
   */
  readonly equals?: unknown
  /**
   * It has another value.
   */
  readonly notEquals?: unknown
  /**
   * It is given, or is not.
   */
  readonly present?: boolean
}
/**
 * One field of a mapped record. Expressions see the record over the roots of the run.
 */
export interface FieldConfig {
  /**
   * Key of the field in the result.
   */
  readonly targetFieldKey: string
  /**
   * Type of the field. `object` needs `properties`, `enum` needs `enumMapper`: without them the field is dropped.
   */
  readonly type: 'string' | 'number' | 'boolean' | 'datetime_string' | 'enum' | 'object'
  /**
   * Where the value comes from. Text without markers is a literal. undefined leaves the field out; a one-element `[*]` gives the element, not a list.
   */
  readonly expression?: string
  /**
   * The value as a structure with expressions at its leaves; with `array`, a list of such records.
   */
  readonly values?: unknown
  /**
   * Another name of the field.
   */
  readonly alias?: string
  /**
   * A list of that type.
   */
  readonly array?: boolean
  /**
   * The field stands under `unified_custom_fields`.
   */
  readonly custom?: boolean
  /**
   * Has no effect.
   */
  readonly hidden?: boolean
  /**
   * How a value of the provider becomes one of the enum. Without it an enum field is dropped.
   */
  readonly enumMapper?: EnumMapper
  /**
   * Fields of an object. They see the parent record, or with `array` and `expression` each element.
   */
  readonly properties?: readonly FieldConfig[]
  /**
   * Scopes without which the provider does not give the field.
   */
  readonly requiredScopes?: string | readonly string[]
}
/**
 * How a value of the provider becomes one of the enum. Nothing matching gives `unmapped_value`.
 */
export interface EnumMapper {
  /**
   * A list of matches, or the name of a built-in matcher. An unknown name drops the field.
   */
  readonly matcher: readonly EnumMatch[] | BuiltInMatcher
}
/**
 * One value of an enum, with what it stands for.
 */
export interface EnumMatch {
  /**
   * Program over the record; the first that gives exactly true wins.
   */
  readonly matchExpression: string
  /**
   * The value then.
   */
  readonly value: string | number | boolean
}
/**
 * One step of an action. Steps run in order; what one gives is read as `$.steps.<stepId>.output`.
 */
export interface Step {
  /**
   * Unique within the action.
   */
  readonly stepId: string
  /**
   * What the step is for.
   */
  readonly description?: string
  /**
   * What the step does.
   */
  readonly stepFunction?: StepFunction
  /**
   * What the step does for each item, in order; with `iterator` only.
   */
  readonly stepFunctions?: readonly StepFunction[]
  /**
   * The step is skipped where this is not met.
   */
  readonly condition?: Condition
  /**
   * What a failing condition counts as: met, not met, or the end of the action.
   */
  readonly onConditionError?: true | false | 'break'
  /**
   * Go on after a failure of this step.
   */
  readonly ignoreError?: boolean
  /**
   * Expression that decides whether the step succeeded.
   */
  readonly successCriteria?: string | boolean
  /**
   * Do not wait for the step.
   */
  readonly async?: boolean
  /**
   * Expression for a list: the step runs once for each item, read as `iterator.item`.
   */
  readonly iterator?: string
  /**
   * Extension keys of this step: paging, response, retry, passthrough.
   */
  readonly 'x-mainspring'?: StepExtension
}
export interface RequestFunction {
  /**
   * One HTTP call.
   */
  readonly functionName: 'request'
  readonly version?: FirstVersion
  readonly parameters: RequestParameters
}
/**
 * Parameters of `request`: one HTTP call. Output: `{data, raw, statusCode, message}`.
 */
export interface RequestParameters {
  readonly baseUrl?: BaseUrl
  readonly url: Url
  readonly method: Method
  /**
   * Replaces the connector's authorization whole.
   */
  readonly authorization?: Authorization
  readonly args?: Args
  /**
   * What is taken from the body as `data`.
   */
  readonly response?: ResponseReading
  readonly customErrors?: CustomErrors
  readonly encodeQueryParams?: EncodeQueryParams
  readonly cacheTTL?: CacheMinutes
  readonly saml?: Saml
  readonly certificates?: Certificates
}
/**
 * One value that a request carries. A missing value without a `condition` goes out as the text `undefined` in queries and headers.
 */
export interface Arg {
  /**
   * Name of the query parameter, header or body key. A query name used twice gives a list: make the conditions exclusive.
   */
  readonly name: string
  /**
   * The value: a literal, an expression, or a structure with expressions at its leaves.
   */
  readonly value?: unknown
  /**
   * Where the value goes. Path values are no args: write `${inputs.id}` in `url`.
   */
  readonly in: ('query' | 'body' | 'headers') | Expression
  /**
   * The arg is sent only where this gives exactly true. Note that `present('')` is true.
   */
  readonly condition?: Condition
  /**
   * Merge an object into the root of the body, or make a list the whole body.
   */
  readonly spread?: BooleanOrExpression
  /**
   * How a list is written in a query: repeat `k=1&k=2`, brackets `k[]=1`, comma `k=1,2`, stringify as JSON. Left out: indexed, `k[0]=1&k[1]=2`.
   */
  readonly arrayFormat?: ('repeat' | 'brackets' | 'comma' | 'stringify') | Expression
  /**
   * The value is the raw text of the whole body; it must be the only body arg. `request` only.
   */
  readonly inline?: BooleanOrExpression
}
/**
 * What is taken from the body.
 */
export interface ResponseReading {
  /**
   * With `indexField`: the list becomes a map keyed by that field. Alone it does nothing.
   */
  readonly collection?: BooleanOrExpression
  /**
   * The field to key records by. Records without it vanish.
   */
  readonly indexField?: string
  /**
   * Dotted path, or `{{expression}}`, in the body. A wrong one gives an empty success.
   */
  readonly dataKey?: string
}
/**
 * Turns one status into another: a soft error into a failure, or a failure into success.
 */
export interface CustomError {
  /**
   * The status this entry is about.
   */
  readonly receivedStatus: IntegerOrExpression
  /**
   * The status it counts as; 400 to 599 fail.
   */
  readonly targetStatus: IntegerOrExpression
  /**
   * Program over `data`, `status`, `headers`, `requestUrl`, `message`, `credentials`; the first entry without one, or whose program is true, wins.
   */
  readonly condition?: Condition
  /**
   * Expression for the message. Default: the standard phrase of the status.
   */
  readonly message?: string
}
/**
 * A signed SAML assertion that is placed in the body.
 */
export interface Saml {
  /**
   * The body key that takes the assertion.
   */
  readonly objectKey?: string
  /**
   * Expression for the private key.
   */
  readonly key?: string
  /**
   * Expression for the client id.
   */
  readonly clientId?: string
  /**
   * Expression for the certificate.
   */
  readonly cert?: string
  /**
   * Issuer of the assertion.
   */
  readonly issuer?: string
  /**
   * Life of the assertion in seconds.
   */
  readonly lifetime?: number | string
  /**
   * Expression for the subject.
   */
  readonly nameId?: string
  /**
   * Whom the assertion is for.
   */
  readonly audience?: string
  /**
   * Format of the subject.
   */
  readonly nameIdentifierFormat?: string
  /**
   * The endpoint that takes the assertion.
   */
  readonly tokenEndpoint?: string
}
/**
 * Certificates for mutual TLS, PEM or base64; both keys are needed.
 */
export interface Certificates {
  /**
   * Certificates.
   */
  readonly certs?: readonly string[]
  /**
   * Their private keys.
   */
  readonly keys?: readonly string[]
}
export interface PaginatedRequestFunction {
  /**
   * HTTP calls until enough rows are there.
   */
  readonly functionName: 'paginated_request'
  readonly version?: FirstVersion
  readonly parameters: PaginatedRequestParameters
}
/**
 * Parameters of `paginated_request`: calls until `page_size` rows (25 by default) are there. Output: `{data, raw, statusCode, next, position}`.
 */
export interface PaginatedRequestParameters {
  readonly baseUrl?: BaseUrl
  readonly url: Url
  readonly method: Method
  /**
   * Replaces the connector's authorization whole.
   */
  readonly authorization?: Authorization
  readonly args?: Args
  readonly response?: PaginatedResponseReading
  /**
   * How the next page is asked for. `page_size` is not sent to the provider unless an arg does.
   */
  readonly iterator: PageIteratorDefinition
  readonly cursor?: PageCursor
  readonly customErrors?: CustomErrors
  readonly encodeQueryParams?: EncodeQueryParams
  readonly cacheTTL?: CacheMinutes
  readonly certificates?: Certificates
}
/**
 * Where the rows and the token of the next page are.
 */
export interface PaginatedResponseReading {
  /**
   * Dotted path, or `{{expression}}`, to the rows. What is no list counts as an empty page: a wrong path lists nothing, with success.
   */
  readonly dataKey?: string
  /**
   * Dotted path, `{{expression}}` or header name of the token of the next page. A wrong one lists page one only.
   */
  readonly nextKey?: string
  /**
   * Where `nextKey` is looked up.
   */
  readonly nextKeyIn?: 'data' | 'headers'
  /**
   * The field to key records by.
   */
  readonly indexField?: string
}
/**
 * How the next page is asked for.
 */
export interface PageIteratorDefinition {
  /**
   * Name of the parameter that takes the token, offset or page number.
   */
  readonly key: string
  /**
   * Where it is placed. Headers are not possible.
   */
  readonly in: ('query' | 'body') | Expression
  /**
   * Program over the body; paging goes on only while it gives exactly true.
   */
  readonly condition?: Condition
  /**
   * cursor: a token from the body or a header. offset: rows taken so far. page: a number that grows.
   */
  readonly mode?: ('cursor' | 'offset' | 'page') | Expression
  /**
   * Number of the first page, for mode page.
   */
  readonly startPage?: IntegerOrExpression
  /**
   * Highest page number, at most 10000; a higher one is a step error.
   */
  readonly maxPage?: number | Expression
}
/**
 * Where a listing goes on. The engine fills it in from the caller's cursor.
 */
export interface PageCursor {
  /**
   * Token of the page to read; null for the first.
   */
  readonly token?: unknown
  /**
   * Rows of that page to pass over.
   */
  readonly position?: IntegerOrExpression
}
export interface SoapRequestFunction {
  /**
   * One SOAP call.
   */
  readonly functionName: 'soap_request'
  readonly version?: FirstVersion
  readonly parameters: SoapRequestParameters
}
/**
 * Parameters of `soap_request`: one SOAP call. A fault is a step error.
 */
export interface SoapRequestParameters {
  readonly baseUrl?: BaseUrl
  readonly url: Url
  readonly method: Method
  /**
   * Replaces the connector's authorization whole.
   */
  readonly authorization?: Authorization
  readonly args?: Args
  /**
   * What is taken from the content of the SOAP body. `dataKey` is one literal key here.
   */
  readonly response?: ResponseReading
  readonly customErrors?: CustomErrors
  readonly encodeQueryParams?: EncodeQueryParams
  readonly envelope?: Envelope
  readonly namespaces?: SoapNamespaces
  readonly soapOperation?: SoapOperation
  readonly soapAction?: SoapAction
  readonly useSoapContext?: UseSoapContext
  readonly saml?: Saml
  readonly certificates?: Certificates
}
/**
 * A namespace of the envelope.
 */
export interface SoapNamespace {
  /**
   * The prefix.
   */
  readonly namespaceIdentifier: string
  /**
   * The namespace.
   */
  readonly namespace: string
}
export interface SoapPaginatedRequestFunction {
  /**
   * SOAP calls until enough rows are there.
   */
  readonly functionName: 'soap_paginated_request'
  readonly version?: FirstVersion
  readonly parameters: SoapPaginatedRequestParameters
}
/**
 * Parameters of `soap_paginated_request`: SOAP calls by cursor. `envelope` sees the extra root `pageIterator`.
 */
export interface SoapPaginatedRequestParameters {
  readonly baseUrl?: BaseUrl
  readonly url: Url
  readonly method: Method
  /**
   * Replaces the connector's authorization whole; neither signing nor the keys of an OAuth flow are possible here.
   */
  readonly authorization?: Authorization
  readonly args?: Args
  readonly response?: PaginatedResponseReading
  /**
   * How the next page is asked for; mode cursor only.
   */
  readonly iterator: PageIteratorDefinition
  readonly cursor?: PageCursor
  readonly customErrors?: CustomErrors
  readonly encodeQueryParams?: EncodeQueryParams
  readonly envelope?: Envelope
  readonly namespaces?: SoapNamespaces
  readonly soapOperation?: SoapOperation
  readonly soapAction?: SoapAction
  readonly useSoapContext?: UseSoapContext
}
export interface MapFieldsFunction {
  /**
   * Maps records to other records.
   */
  readonly functionName: 'map_fields'
  readonly version?: SecondVersion
  readonly parameters?: MapFieldsParameters
}
/**
 * Parameters of `map_fields`: a record, or each of a list, becomes another. Version 1 gives no output: write `version: '2'`. A missing source is a success without output.
 */
export interface MapFieldsParameters {
  /**
   * The fields of the result. Left out, the action's `fieldConfigs` are used.
   */
  readonly fields?: readonly FieldConfig[]
  /**
   * Expression for the record or list to map.
   */
  readonly dataSource?: string
  /**
   * More sources, as name → expression; read as `external.<name>`.
   */
  readonly externalSources?: {
    readonly [k: string]: string
  }
}
export interface TypecastFunction {
  /**
   * Casts the values of records.
   */
  readonly functionName: 'typecast'
  readonly version?: SecondVersion
  readonly parameters?: TypecastParameters
}
/**
 * Parameters of `typecast`: casts the keys that are present. Version 1 gives no output: write `version: '2'`.
 */
export interface TypecastParameters {
  /**
   * The types. Left out, the action's `fieldConfigs` are used; with neither, there is no output.
   */
  readonly fields?: readonly TypecastField[]
  /**
   * Expression for the record or list to cast.
   */
  readonly dataSource?: string
}
/**
 * The type that one key is cast to.
 */
export interface TypecastField {
  /**
   * The key to cast.
   */
  readonly targetFieldKey: string
  /**
   * The type. Any text but `false` and `0` casts to true; datetime_string reads texts only, days before months.
   */
  readonly type: 'string' | 'number' | 'boolean' | 'datetime_string' | 'enum' | 'object'
  /**
   * The value is a list of that type; lists of plain values stay as they are.
   */
  readonly array?: boolean
  /**
   * The field stands under `unified_custom_fields`.
   */
  readonly custom?: boolean
  /**
   * Fields of an object.
   */
  readonly properties?: readonly TypecastField[]
  /**
   * Of a mapping; a cast does not read it.
   */
  readonly expression?: unknown
  /**
   * Of a mapping; a cast does not read it.
   */
  readonly values?: unknown
  /**
   * Of a mapping; a cast does not read it.
   */
  readonly alias?: unknown
  /**
   * Of a mapping; a cast does not read it.
   */
  readonly hidden?: unknown
  /**
   * Of a mapping; a cast does not read it.
   */
  readonly enumMapper?: unknown
  /**
   * Of a mapping; a cast does not read it.
   */
  readonly requiredScopes?: unknown
}
export interface GroupDataFunction {
  /**
   * Joins the data of several steps.
   */
  readonly functionName: 'group_data'
  readonly version?: FirstVersion
  readonly parameters: GroupDataParameters
}
/**
 * Parameters of `group_data`: joins the `data` of several steps, by index in lists and by key in maps.
 */
export interface GroupDataParameters {
  /**
   * Ids of the steps to join. A step without data is passed over.
   */
  readonly stepsDataToGroup: readonly string[]
  /**
   * Each step holds one record: the result is one object by step id.
   */
  readonly isSingleRecord?: BooleanOrExpression
}
export interface StaticValuesFunction {
  /**
   * Gives values of its own.
   */
  readonly functionName: 'static_values'
  readonly version?: FirstVersion
  readonly parameters: StaticValuesParameters
}
/**
 * Parameters of `static_values`: the values, evaluated, are the output `{data}`.
 */
export interface StaticValuesParameters {
  /**
   * A text, object or list, with expressions at its leaves.
   */
  readonly values: unknown
}
export interface DownloadFileFunction {
  /**
   * Fetches a file.
   */
  readonly functionName: 'download_file'
  readonly version?: FirstVersion
  readonly parameters: DownloadFileParameters
}
/**
 * Parameters of `download_file`. Output adds `headers`, `contentDisposition`, `fileMetadata`, `finalUrl`; `customErrors` have no effect in the original runtime.
 */
export interface DownloadFileParameters {
  readonly baseUrl?: BaseUrl
  readonly url: Url
  readonly method?: Method
  /**
   * Replaces the connector's authorization whole.
   */
  readonly authorization?: Authorization
  readonly args?: Args
  readonly response?: DownloadResponseReading
  readonly customErrors?: CustomErrors
  /**
   * A stream has no output.
   */
  readonly responseMode?: 'buffer' | 'stream'
  /**
   * How the answer is read.
   */
  readonly responseType?: 'arraybuffer' | 'blob' | 'text' | 'json'
  /**
   * How the content is given on.
   */
  readonly encoding?: 'base64' | 'utf8' | 'binary' | 'raw' | 'none'
  /**
   * Most redirects to follow.
   */
  readonly maxRedirects?: IntegerOrExpression
  /**
   * Follow redirects.
   */
  readonly followRedirects?: BooleanOrExpression
}
/**
 * Where the file and what is known of it are.
 */
export interface DownloadResponseReading {
  /**
   * Path to the content.
   */
  readonly dataKey?: string
  /**
   * Path to an address; the file is fetched from there by a second call.
   */
  readonly urlKey?: string
  /**
   * Path to the name of the file.
   */
  readonly fileNameKey?: string
  /**
   * Path to its content type.
   */
  readonly contentTypeKey?: string
  /**
   * Its content type, where it is known.
   */
  readonly contentType?: string
  /**
   * The content is base64.
   */
  readonly contentIsBase64?: BooleanOrExpression
  /**
   * Send the credentials with the second call as well.
   */
  readonly forwardAuth?: BooleanOrExpression
}
export interface UploadFileFunction {
  /**
   * Sends a file as a form.
   */
  readonly functionName: 'upload_file'
  readonly version?: FirstVersion
  readonly parameters: UploadFileParameters
}
/**
 * Parameters of `upload_file`: a multipart upload. Body args are ignored; use `additionalFields`.
 */
export interface UploadFileParameters {
  readonly baseUrl?: BaseUrl
  readonly url: Url
  readonly method?: Method
  /**
   * Replaces the connector's authorization whole.
   */
  readonly authorization?: Authorization
  readonly args?: Args
  /**
   * What is taken from the body as `data`. `dataKey` is one literal key here.
   */
  readonly response?: ResponseReading
  readonly customErrors?: CustomErrors
  readonly encodeQueryParams?: EncodeQueryParams
  readonly file: UploadFile
  /**
   * Form fields, sent before the file.
   */
  readonly additionalFields?: readonly UploadField[]
}
/**
 * The file of a multipart upload.
 */
export interface UploadFile {
  /**
   * Name of the form field.
   */
  readonly fieldName: string
  /**
   * Expression for the content, base64.
   */
  readonly content: string
  /**
   * Expression for the name of the file.
   */
  readonly filename: string
  /**
   * Expression for its content type.
   */
  readonly contentType?: string
}
/**
 * A form field beside the file.
 */
export interface UploadField {
  /**
   * Name of the form field.
   */
  readonly name: string
  /**
   * Its value; objects are written as JSON.
   */
  readonly value?: unknown
  /**
   * The field is sent only where this gives exactly true.
   */
  readonly condition?: Condition
  /**
   * Content type of the part.
   */
  readonly contentType?: string
}
export interface UploadBinaryFunction {
  /**
   * Sends raw bytes.
   */
  readonly functionName: 'upload_binary'
  readonly version?: FirstVersion
  readonly parameters: UploadBinaryParameters
}
/**
 * Parameters of `upload_binary`: raw bytes as the body.
 */
export interface UploadBinaryParameters {
  readonly baseUrl?: BaseUrl
  readonly url: Url
  readonly method?: Method
  /**
   * Replaces the connector's authorization whole.
   */
  readonly authorization?: Authorization
  readonly args?: Args
  /**
   * What is taken from the body as `data`. `dataKey` is one literal key here.
   */
  readonly response?: ResponseReading
  readonly customErrors?: CustomErrors
  readonly encodeQueryParams?: EncodeQueryParams
  readonly binaryContent: BinaryContent
}
/**
 * The bytes to send.
 */
export interface BinaryContent {
  /**
   * Expression for the content, base64.
   */
  readonly content: string
  /**
   * Its content type.
   */
  readonly contentType?: string
}
export interface EmitEventFunction {
  /**
   * Emits an event.
   */
  readonly functionName: 'emit_event'
  readonly version?: FirstVersion
  readonly parameters: EmitEventParameters
}
/**
 * Parameters of `emit_event`. The output is every parameter but `event`.
 */
export interface EmitEventParameters {
  readonly event: EmittedEvent
  readonly [k: string]: unknown
}
/**
 * The event to emit.
 */
export interface EmittedEvent {
  /**
   * Expression for the type.
   */
  readonly eventType: string
  /**
   * Expression for the id.
   */
  readonly eventId?: string
  /**
   * Expression for the time.
   */
  readonly eventDate?: string
  /**
   * What the event carries.
   */
  readonly data?: unknown
}
export interface SignJwtFunction {
  /**
   * Signs a token.
   */
  readonly functionName: 'sign_jwt'
  readonly version?: FirstVersion
  readonly parameters: SignJwtParameters
}
/**
 * Parameters of `sign_jwt`. Output, not under `data`: `{token, expiresIn, publicKeyFingerprint}`.
 */
export interface SignJwtParameters {
  /**
   * The signature.
   */
  readonly algorithm: 'RS256'
  /**
   * Expression for the private key, PEM.
   */
  readonly privateKey: string
  /**
   * The claims. `iat` and `exp` are required, as numbers or `now`, `now+<N>s|m|h`; `exp` must be later than `iat`.
   */
  readonly claims: {
    readonly [k: string]: unknown
  }
}
export interface CodeExecutionLambdaFunction {
  /**
   * Invokes an AWS Lambda function.
   */
  readonly functionName: 'code_execution_lambda'
  readonly version?: FirstVersion
  readonly parameters: CodeExecutionLambdaParameters
}
/**
 * Parameters of `code_execution_lambda`: invokes an AWS Lambda function. Output: `{data, raw, statusCode, executedVersion}`.
 */
export interface CodeExecutionLambdaParameters {
  /**
   * Name of the function.
   */
  readonly lambdaName: string
  /**
   * Its AWS region.
   */
  readonly region?: string
  /**
   * Another endpoint than that of AWS.
   */
  readonly endpoint?: string
  /**
   * Whether the answer is awaited.
   */
  readonly invocationType?: string
  /**
   * Version or alias of the function.
   */
  readonly qualifier?: string
  /**
   * What the function is given.
   */
  readonly args?: readonly LambdaArg[]
  /**
   * Path in its answer that becomes `data`.
   */
  readonly dataKey?: string
}
/**
 * A value handed to the function.
 */
export interface LambdaArg {
  /**
   * Its name.
   */
  readonly name: string
  /**
   * Its value.
   */
  readonly value?: unknown
  /**
   * The value is handed over only where this gives exactly true.
   */
  readonly condition?: Condition
}
export interface McpRequestFunction {
  /**
   * Calls a tool of an MCP server.
   */
  readonly functionName: 'mcp_request'
  readonly version?: FirstVersion
  readonly parameters: McpRequestParameters
}
/**
 * Parameters of `mcp_request`: calls a tool of an MCP server, or lists its tools.
 */
export interface McpRequestParameters {
  readonly baseUrl?: BaseUrl
  readonly url: Url
  /**
   * What to ask the server for.
   */
  readonly method: ('tools/call' | 'tools/list') | Expression
  /**
   * The tool to call.
   */
  readonly toolName?: string
  /**
   * Milliseconds to wait.
   */
  readonly timeout?: IntegerOrExpression
  /**
   * Replaces the connector's authorization whole.
   */
  readonly authorization?: Authorization
  /**
   * Arguments of the tool.
   */
  readonly args?: readonly McpArg[]
}
/**
 * An argument of the tool.
 */
export interface McpArg {
  /**
   * Its name.
   */
  readonly name: string
  /**
   * Its value.
   */
  readonly value?: unknown
  /**
   * The argument is sent only where this gives exactly true.
   */
  readonly condition?: Condition
}
export interface BrowserUseFunction {
  /**
   * Works in a browser.
   */
  readonly functionName: 'browser_use'
  readonly version?: FirstVersion
  readonly parameters: BrowserUseParameters
}
/**
 * Parameters of `browser_use`; for actions with `executionMode: async` only.
 */
export interface BrowserUseParameters {
  /**
   * The page to start from.
   */
  readonly startUrl?: string
  /**
   * What to do.
   */
  readonly systemPrompt?: string
  readonly budgets?: BrowserBudgets
  /**
   * How to sign in.
   */
  readonly auth?: unknown
}
/**
 * When to give up.
 */
export interface BrowserBudgets {
  /**
   * Longest duration in milliseconds.
   */
  readonly maxDurationMs?: IntegerOrExpression
  /**
   * Most steps.
   */
  readonly maxSteps?: IntegerOrExpression
}
/**
 * Extension keys of one step.
 */
export interface StepExtension {
  /**
   * How the listing is taken page by page; for a `request` step.
   */
  readonly paging?: PagingDefinition
  /**
   * Where the rows or the record are in the body.
   */
  readonly response?: ResponseShape
  /**
   * true for a GET whose answers carry `ETag` or `Last-Modified` that can be relied on: they are remembered for the account, and the next call asks whether anything changed. Not modified (304) gives the remembered answer.
   */
  readonly conditional?: boolean
  /**
   * Whether the call may be repeated when its answer is lost.
   */
  readonly retry?: RetrySafety
  /**
   * How the items of the step's `iterator` are worked through.
   */
  readonly forEach?: ForEach
  /**
   * For `upload_binary`: the file goes out in pieces of this size, one request each, in order. `$.iterator.item.offset` and `$.iterator.item.bytes` are the place and the size of the piece, `$.iterator.index` its number from 0. `output` is that of the last request, with `output.bytes` and `output.chunks`: what was sent; a file without bytes makes no request. A piece that fails ends the step, and `bytesSent` of its error counts what was taken before. Not with `iterator`.
   */
  readonly chunks?: Chunks
  /**
   * The request is the caller's own: method, path, query and body come from its inputs.
   */
  readonly passthrough?: Passthrough
}
/**
 * Pages by the number of rows that came before.
 */
export interface OffsetPaging {
  /**
   * Pages by the number of rows that came before. The offset grows by the rows received, so that a short page loses nothing.
   */
  readonly style: 'offset'
  readonly in?: PagingIn
  readonly limitParam?: LimitParam
  /**
   * Name of the provider's parameter for the number of rows to pass over.
   */
  readonly offsetParam: string
  readonly total?: TotalPath
  readonly onlyWhenAsked?: OnlyWhenAsked
  readonly maxPages?: MaxPages
  readonly maxRows?: MaxRows
  readonly pageSizeInput?: PageSizeInput
  readonly cursorInput?: CursorInput
}
/**
 * Pages by their number.
 */
export interface PagePaging {
  /**
   * Pages by their number.
   */
  readonly style: 'page'
  readonly in?: PagingIn
  readonly limitParam?: LimitParam
  /**
   * Name of the provider's parameter for the number of the page.
   */
  readonly pageParam: string
  /**
   * Number of the first page.
   */
  readonly startPage?: number
  readonly total?: TotalPath
  readonly onlyWhenAsked?: OnlyWhenAsked
  readonly maxPages?: MaxPages
  readonly maxRows?: MaxRows
  readonly pageSizeInput?: PageSizeInput
  readonly cursorInput?: CursorInput
}
/**
 * Pages by a token that each response gives for the next one.
 */
export interface CursorPaging {
  /**
   * Pages by a token that each response gives for the next one.
   */
  readonly style: 'cursor'
  readonly in?: PagingIn
  readonly limitParam?: LimitParam
  /**
   * Name of the provider's parameter for the token.
   */
  readonly cursorParam: string
  /**
   * Dotted path in the body to the token of the next page. Absent, null or empty there means the last page.
   */
  readonly nextCursor?: string
  /**
   * Name of the response header that holds the token of the next page.
   */
  readonly nextCursorHeader?: string
  /**
   * Dotted path in the body to a flag that says whether there is a further page. False ends the listing even where a token is given, and true keeps it going over an empty page.
   */
  readonly hasMore?: string
  /**
   * Path, below the base URL, of the pages after the first, where the provider has another one for them. Such a request carries the token alone: no argument of the step, and no page size.
   */
  readonly continueUrl?: string
  readonly total?: TotalPath
  readonly onlyWhenAsked?: OnlyWhenAsked
  readonly maxPages?: MaxPages
  readonly maxRows?: MaxRows
  readonly pageSizeInput?: PageSizeInput
  readonly cursorInput?: CursorInput
}
/**
 * Pages by the `Link` header (RFC 8288) with `rel="next"`.
 */
export interface LinkPaging {
  /**
   * Pages by the `Link` header (RFC 8288) with `rel="next"`. A link to another origin is refused.
   */
  readonly style: 'link'
  readonly in?: PagingIn
  readonly limitParam?: LimitParam
  readonly total?: TotalPath
  readonly onlyWhenAsked?: OnlyWhenAsked
  readonly maxPages?: MaxPages
  readonly maxRows?: MaxRows
  readonly pageSizeInput?: PageSizeInput
  readonly cursorInput?: CursorInput
}
/**
 * Where the rows or the record are in the body. A body that has none of the declared shapes is a coded error, never an empty success.
 */
export interface ResponseShape {
  /**
   * Dotted paths tried in order; the first that holds a list gives the rows. A null there is an empty list. `$` is the whole body.
   *
   * @minItems 1
   */
  readonly rows?: readonly BodyPath[]
  /**
   * Dotted paths tried in order; the first that holds an object with the keys of `requires` gives the record. `$` is the whole body.
   *
   * @minItems 1
   */
  readonly record?: readonly BodyPath[]
  /**
   * Keys that a record must have to be taken for one.
   */
  readonly requires?: readonly string[]
  /**
   * The body is read in this format whatever its content type says. `graphql`: JSON in which a list `errors` is a failure even with status 200; the messages in it are the provider's, and `extensions.code` decides between refused, unauthorized, not found and rate-limited.
   */
  readonly format?: 'json' | 'graphql'
  /**
   * With `graphql`: errors beside data that is not null are no failure; the data is taken.
   */
  readonly partial?: boolean
  /**
   * The body of a success says nothing: it is not read.
   */
  readonly ignore?: boolean
}
/**
 * Whether the call may be repeated when its answer is lost.
 */
export interface RetrySafety {
  /**
   * true for a write that is harmless to repeat, false for a read that is not. Left out, reads are safe, writes with an `idempotencyKey` too, and other writes are not.
   */
  readonly safe?: boolean
  /**
   * Header in which the provider takes an idempotency key, such as `Idempotency-Key`. One key is made for all sendings of this step in one run (of one item, where it iterates), so that the provider knows a repeated write. Only where its documentation promises that.
   */
  readonly idempotencyKey?: string
  /**
   * A read that tells whether the write happened, for when its answer is lost.
   */
  readonly lookup?: WriteLookup
}
/**
 * How the engine finds out whether a write happened whose answer was lost: it lists the rows of a read and looks for the one record that has the values of `match`. A record that is found is the result of the step; where the answer stays open, the run ends with `write/outcome-unknown`.
 */
export interface WriteLookup {
  /**
   * Id of a reading action of this connector.
   */
  readonly action: string
  /**
   * Inputs of that action; expressions see what the step sees.
   */
  readonly inputs?: {
    readonly [k: string]: unknown
  }
  /**
   * Fields of a record (dotted paths) and the values they must have; expressions see what the step sees. Together they must identify the record: no record that was there before may have all of them.
   */
  readonly match: {
    readonly [k: string]: unknown
  }
  /**
   * A whole listing without such a record proves that the write did not happen, and it is sent once more. Only where the provider shows a new record at once and carries out no request late.
   */
  readonly resend?: boolean
}
/**
 * How the items of an iterator are worked through.
 */
export interface ForEach {
  /**
   * Items that run at a time. The results keep the order of the items.
   */
  readonly concurrency?: number
  /**
   * stop: an item that fails ends the step. continue: it is named among the step's `errors` with its index, its place in `data` is empty, and the others go on; the step fails only where every item does. report: like continue, and nothing ends the action any more, the end of its time included: for parts of a record that exists already, whose id must not be lost. Read `$.intermediateSteps.<stepId>` for what became of each item. After a failure that would meet the next call as well (credentials, network, rate limit, time) further items, also of later steps that report, are skipped.
   */
  readonly onError?: 'stop' | 'continue' | 'report'
}
/**
 * How a file goes out in pieces, one request each, in order.
 */
export interface Chunks {
  /**
   * Bytes of a piece; the last one has what is left. One piece at a time is held in memory.
   */
  readonly bytes: number
}
/**
 * The request is the caller's own.
 */
export interface Passthrough {
  /**
   * Expression that gives the method; anything but a read needs the leave of the caller.
   */
  readonly method: string
  /**
   * Expression that gives the path below the base URL. It cannot lead to another host.
   */
  readonly path: string
  /**
   * Expression that gives the query parameters, an object.
   */
  readonly query?: string
  /**
   * Expression that gives the JSON body.
   */
  readonly body?: string
}
/**
 * Whether the action is listed page by page.
 */
export interface ActionCursor {
  /**
   * The action takes and gives cursors.
   */
  readonly enabled?: boolean
  /**
   * Rows of a page where the caller does not say.
   */
  readonly pageSize?: number
}
/**
 * Ids that are made of several values.
 */
export interface CompositeIdentifiers {
  /**
   * Whether they are made.
   */
  readonly enabled?: boolean
  /**
   * Version of the encoding.
   */
  readonly version?: number | string
  /**
   * The ids.
   */
  readonly fields?: readonly CompositeIdentifier[]
}
/**
 * An id that is made of several values.
 */
export interface CompositeIdentifier {
  /**
   * Key that takes the id.
   */
  readonly targetFieldKey: string
  /**
   * Key that takes the provider's own id.
   */
  readonly remote?: string
  /**
   * Its parts, in order.
   */
  readonly components: readonly IdentifierComponent[]
}
/**
 * One part of a composite identifier.
 */
export interface IdentifierComponent {
  /**
   * Key of the value.
   */
  readonly name: string
  /**
   * Key to write instead.
   */
  readonly alias?: string
}
/**
 * An example, for documentation.
 */
export interface ActionExample {
  /**
   * What it shows.
   */
  readonly exampleDescription?: string
  readonly [k: string]: unknown
}
/**
 * Hints for language models that use the action as a tool.
 */
export interface Annotations {
  /**
   * Name of the tool for people.
   */
  readonly title?: string
  /**
   * It changes nothing.
   */
  readonly readOnlyHint?: boolean
  /**
   * It may destroy something.
   */
  readonly destructiveHint?: boolean
  /**
   * Once or twice is the same.
   */
  readonly idempotentHint?: boolean
  /**
   * It meets the world outside.
   */
  readonly openWorldHint?: boolean
}
/**
 * How the rows of the action are read again and again without reading all of them: `mainspring sync <action>`, or `syncAction` of the library.
 */
export interface DataSync {
  /**
   * Whether the action may be synced.
   */
  readonly allowed?: boolean
  /**
   * The field that tells rows apart.
   */
  readonly indexField?: string
  /**
   * Path to the rows.
   */
  readonly dataKey?: string
  readonly pagination?: SyncPagination
  readonly incremental?: SyncIncrement
  /**
   * Most pages of a sync.
   */
  readonly maxPages?: number
  /**
   * Longest duration in minutes.
   */
  readonly maxDurationMinutes?: number
}
/**
 * How a sync asks for the next page.
 */
export interface SyncPagination {
  /**
   * The style of paging.
   */
  readonly type?: string
  /**
   * `dataKey` and `nextKey`.
   */
  readonly response?: {
    readonly [k: string]: unknown
  }
  /**
   * Names and defaults of the paging parameters, and `in`.
   */
  readonly iterator?: {
    readonly [k: string]: unknown
  }
  /**
   * Expression that ends the sync.
   */
  readonly stopCondition?: string
  readonly [k: string]: unknown
}
/**
 * How a sync asks for what has changed since.
 */
export interface SyncIncrement {
  /**
   * By time, or by a token of the provider.
   */
  readonly type?: string
  /**
   * `key` and `in` of the parameter.
   */
  readonly iterator?: {
    readonly [k: string]: unknown
  }
  /**
   * How the time is written.
   */
  readonly format?: string
  /**
   * Seconds to look further back.
   */
  readonly safetyBufferSeconds?: number
  /**
   * `updatedAtPath`, or `path` and `onlyOnFinalPage`.
   */
  readonly response?: {
    readonly [k: string]: unknown
  }
  readonly [k: string]: unknown
}
/**
 * Extension keys of one action.
 */
export interface ActionExtension {
  /**
   * safe or exact for this action alone, in place of what the connector says.
   */
  readonly compat?: 'safe' | 'exact'
  /**
   * How ready the action is. A `preview` action runs only where the caller allows it.
   */
  readonly stage?: 'stable' | 'beta' | 'preview'
  /**
   * What the action rests on, and how sure that is.
   */
  readonly evidence?: EvidenceDefinition
}
/**
 * What the action rests on.
 */
export interface EvidenceDefinition {
  /**
   * How well the request is known: A called by a shipped client, B called by a client whose success is not proven, C documented, D seen for another version only, E inferred.
   */
  readonly request: EvidenceMark
  /**
   * How well the shape of the response is known, by the same marks; left out where nobody has seen it.
   */
  readonly response?: EvidenceMark
  /**
   * Who was seen making this call, or where it is written.
   */
  readonly source: string
  /**
   * What is assumed, or was seen to differ.
   */
  readonly note?: string
}
/**
 * An action that proves the credentials.
 */
export interface TestAction {
  /**
   * Id of an action of this connector, or a whole action.
   */
  readonly action: string | Action
  /**
   * The account is not linked where it fails.
   */
  readonly required?: boolean
  /**
   * It is run only where this is met.
   */
  readonly condition?: Condition
}
/**
 * How to authorize with an MCP server.
 */
export interface AuthorizationFlow {
  /**
   * Address of the server.
   */
  readonly serverUrl?: string
  /**
   * How its authorization server is found.
   */
  readonly discovery?: unknown
  /**
   * cimd or dcr.
   */
  readonly clientRegistration?: string
  /**
   * Scopes to ask for.
   */
  readonly scopes?: string | readonly string[]
}
/**
 * Extension keys of one authentication method.
 */
export interface AuthenticationExtension {
  /**
   * Headers that carry credentials, placed once for all requests. Each value counts as secret.
   */
  readonly headers?: readonly NamedValue[]
  /**
   * Query parameters that carry credentials, placed once for all requests. Each value counts as secret.
   */
  readonly query?: readonly NamedValue[]
  /**
   * The guide shown beside the form while an account is linked.
   */
  readonly guide?: LinkingGuideDefinition
  /**
   * Where the token endpoint departs from the standard.
   */
  readonly oauth?: OAuthExtension
  /**
   * Which fields are likely wrong when a test of the credentials fails; the first rule that fits counts.
   */
  readonly diagnose?: readonly DiagnosisRuleDefinition[]
}
/**
 * A header or query parameter with the expression that gives its value.
 */
export interface NamedValue {
  /**
   * Name of the header or query parameter, as it is sent.
   */
  readonly name: string
  /**
   * An expression or a literal text. Where it gives undefined, the header or parameter is left out.
   */
  readonly value: string
}
/**
 * The guide shown beside the form while an account is linked.
 */
export interface LinkingGuideDefinition {
  /**
   * Heading of the guide.
   */
  readonly title: string
  /**
   * What the person must know before starting.
   */
  readonly warning?: string
  /**
   * The sections, in order.
   */
  readonly sections: readonly GuideSection[]
}
/**
 * A part of the linking guide.
 */
export interface GuideSection {
  /**
   * Heading of the section.
   */
  readonly title: string
  /**
   * What stands under the heading.
   */
  readonly text?: string
  /**
   * The steps, in order.
   */
  readonly steps: readonly GuideStep[]
  /**
   * Leave this section out where the page is shown under the name of another product.
   */
  readonly hiddenUnderWhiteLabel?: boolean
}
/**
 * One thing to do while linking an account.
 */
export interface GuideStep {
  /**
   * What to do, in a few words.
   */
  readonly title: string
  /**
   * How to do it. `code`, **strong words** and [links](https://example.com) are shown as such.
   */
  readonly text: string
  /**
   * Keys of the `configFields` that this step lets the person fill in.
   */
  readonly fields?: readonly string[]
}
/**
 * Where the token endpoint departs from the standard, and what the published format has no key for.
 */
export interface OAuthExtension {
  /**
   * How the client proves itself: `basic` by the Authorization header, `body` by `client_id` and `client_secret` in the body, `none` by its `client_id` alone. Where `customHeaders` hold an Authorization, `none`.
   */
  readonly clientAuthentication?: 'basic' | 'body' | 'none'
  /**
   * How token requests are written. `json` also where `customHeaders` announce that content type.
   */
  readonly tokenRequest?: 'form' | 'json'
  /**
   * How the provider is told that the tokens of an account are no longer needed, when it is disconnected.
   */
  readonly revocation?: RevocationExtension
}
/**
 * The endpoint that takes tokens back.
 */
export interface RevocationExtension {
  /**
   * Address of the endpoint. May hold `${credentials.x}`.
   */
  readonly url: string
  /**
   * `token` sends each token in a form (RFC 7009), the refresh token first, with the proof of the client that the token endpoint takes. `named` sends each in a form of one field, `refresh_token` or `access_token`, without such a proof. `bearer` sends one POST without a body that the access token authenticates and that takes back the whole grant.
   */
  readonly by?: 'token' | 'named' | 'bearer'
}
/**
 * What a failure says about the fields. Conditions that are left out always hold.
 */
export interface DiagnosisRuleDefinition {
  /**
   * Status of the provider's answer.
   */
  readonly status?: number
  /**
   * Code of the error, such as `network/unreachable`.
   */
  readonly code?: string
  /**
   * Text that the provider's message holds, whatever its capitals.
   */
  readonly message?: string
  /**
   * Keys of the fields that are likely wrong, the likeliest first; empty where none is.
   */
  readonly fields: readonly string[]
  /**
   * What to tell the person.
   */
  readonly hint?: string
}
/**
 * How many requests per second an account may make.
 */
export interface RateLimit {
  /**
   * Requests per second. Note the spelling.
   */
  readonly mainRatelimit?: number
  /**
   * Limits for some addresses.
   */
  readonly subPools?: readonly RateLimitPool[]
  /**
   * Answers other than 429 that mean the same.
   */
  readonly mappedRateLimitErrors?: readonly MappedRateLimitError[]
}
/**
 * A limit for some addresses.
 */
export interface RateLimitPool {
  /**
   * Its name.
   */
  readonly subPoolKey: string
  /**
   * Text that the address contains; the first pool that matches counts.
   */
  readonly urlPattern: string
  /**
   * Requests per second.
   */
  readonly rateLimit: number
}
/**
 * An answer other than 429 that means the same.
 */
export interface MappedRateLimitError {
  /**
   * Its status.
   */
  readonly errorStatus: number
  /**
   * Text that its message contains.
   */
  readonly errorMessage?: string
  /**
   * Path to its message.
   */
  readonly errorMessagePath?: string
  /**
   * Name of the response header that tells the wait, or several with commas between them: the longest wait counts. A real `Retry-After` wins.
   */
  readonly retryAfterPath?: string
  /**
   * seconds, milliseconds or date. A date may be a count of seconds or milliseconds since the epoch.
   */
  readonly retryAfterUnit?: string
  /**
   * The wait where none is told.
   */
  readonly retryAfterValue?: number
}
/**
 * How many requests of an account may run at a time.
 */
export interface Concurrency {
  /**
   * Most requests at a time.
   */
  readonly mainMaxConcurrency?: number
  /**
   * Limits for some addresses.
   */
  readonly subPools?: readonly ConcurrencyPool[]
}
/**
 * A limit for some addresses.
 */
export interface ConcurrencyPool {
  /**
   * Its name.
   */
  readonly subPoolKey: string
  /**
   * Text that the address contains; the first pool that matches counts.
   */
  readonly urlPattern: string
  /**
   * Most requests at a time.
   */
  readonly maxConcurrency: number
}
/**
 * A scope of the provider.
 */
export interface ScopeDefinition {
  /**
   * What it allows.
   */
  readonly description?: string
  /**
   * Scopes that it contains, separated by spaces.
   */
  readonly includes?: string | readonly string[]
}
/**
 * Pages about the provider.
 */
export interface Documentation {
  /**
   * The pages.
   */
  readonly references?: readonly DocumentationReference[]
}
/**
 * A page about the provider.
 */
export interface DocumentationReference {
  /**
   * Its title.
   */
  readonly title?: string
  /**
   * Its address.
   */
  readonly url?: string
  /**
   * What it holds.
   */
  readonly description?: string
}
/**
 * How the connector is offered to language models.
 */
export interface McpSettings {
  /**
   * What a language model should know before it uses the tools.
   */
  readonly instructions?: string
}
/**
 * Webhooks of the provider: how to subscribe, and which action handles which event.
 */
export interface Events {
  readonly setup?: EventSetup
  /**
   * How a person sets the webhooks up by hand.
   */
  readonly guides?: unknown
  /**
   * Actions that handle events.
   */
  readonly actions?: unknown
  readonly router?: EventRouter
  /**
   * Action whose `result`, a bare program, tells the account of a delivery.
   */
  readonly externalAccountIdExtractor?: unknown
  /**
   * Extension keys of the events: how deliveries are signed.
   */
  readonly 'x-mainspring'?: EventsExtension
}
/**
 * How a subscription at the provider is made and ended.
 */
export interface EventSetup {
  /**
   * Makes the subscription.
   */
  readonly creation?: EventSteps
  /**
   * Starts it.
   */
  readonly activation?: EventSteps
  /**
   * Ends it.
   */
  readonly deletion?: EventSteps
  /**
   * One subscription serves all events.
   */
  readonly isConsolidated?: boolean
}
/**
 * Steps, and what they give.
 */
export interface EventSteps {
  /**
   * What is done, in order.
   */
  readonly steps: readonly Step[]
  readonly result?: ActionResult
}
/**
 * Which action handles which event of a delivery. All texts are bare programs, without markers.
 */
export interface EventRouter {
  /**
   * Rules over the whole delivery; the first that matches ends the routing.
   */
  readonly delivery?: readonly RouteRule[]
  /**
   * Program that gives the list of events. Left out: the delivery is one event.
   */
  readonly itemsPath?: string
  /**
   * Rules for each event; the first that matches counts.
   */
  readonly rules: readonly RouteRule[]
}
/**
 * Which events go where.
 */
export interface RouteRule {
  /**
   * Bare program (no markers) over `body`, `event`, `eventIndex`. Anything but null, undefined and false matches.
   */
  readonly when: string | boolean
  readonly then: RouteTarget
}
/**
 * The action that handles an event.
 */
export interface RouteTarget {
  /**
   * Id of the action.
   */
  readonly action: string
  /**
   * Its inputs, with bare programs (no markers) at the leaves.
   */
  readonly input?: unknown
}
/**
 * Extension keys of the events.
 */
export interface EventsExtension {
  /**
   * How deliveries are signed; left out where the provider does not sign, or nobody knows.
   */
  readonly signature?: EventSignature
}
/**
 * How the provider signs a delivery: a keyed hash (HMAC) in a header.
 */
export interface EventSignature {
  /**
   * The header that carries the signature.
   */
  readonly header: string
  /**
   * Expression for the key, such as `$.credentials.webhookSecret`.
   */
  readonly secret: string
  /**
   * The hash.
   */
  readonly algorithm?: 'sha256' | 'sha512' | 'sha1'
  /**
   * How the signature is written.
   */
  readonly encoding?: 'hex' | 'base64' | 'base64url'
  /**
   * Text before the signature, such as `sha256=`.
   */
  readonly prefix?: string
  /**
   * Where the header holds fields (`t=1,v1=ab`): the name of the signature.
   */
  readonly signatureField?: string
  /**
   * Where the header holds fields: the name of the time, in seconds since the epoch.
   */
  readonly timestampField?: string
  /**
   * The header of the signed time, in seconds since the epoch or ISO 8601.
   */
  readonly timestampHeader?: string
  /**
   * How far the signed time may be from now.
   */
  readonly toleranceSeconds?: number
  /**
   * What is signed: a text with `{body}`, `{timestamp}` and `{header:<name>}`. With a time, it must be part of it.
   */
  readonly signed?: string
}
/**
 * Extension keys of the connector.
 */
export interface ConnectorExtension {
  /**
   * exact: do what the original runtime does also where that is unsafe, see docs/reference/differences.md. An action may say otherwise for itself.
   */
  readonly compat?: 'safe' | 'exact'
  /**
   * Headers and query parameters that every request carries, declared once instead of once an action.
   */
  readonly request?: CarriedValues
  /**
   * Where the provider says what went wrong, and under which id.
   */
  readonly errors?: ErrorReading
  /**
   * What the provider takes over longer than a second, beside `rateLimit`: every budget that fits a request is kept to before it is sent. Requests wait for their turn within the time of their call; a turn that cannot come in time is refused with the wait.
   */
  readonly budgets?: readonly Budget[]
}
/**
 * Headers and query parameters that every request of the connector carries.
 */
export interface CarriedValues {
  /**
   * Headers of every request. An arg of a step with the same name replaces one.
   */
  readonly headers?: readonly NamedValue[]
  /**
   * Query parameters of every request. An arg of a step with the same name replaces one.
   */
  readonly query?: readonly NamedValue[]
}
/**
 * Where the provider says what went wrong.
 */
export interface ErrorReading {
  /**
   * Dotted paths in the body of an error, tried in order; the first that holds text is shown as the message of the provider. `$` is the whole body.
   */
  readonly message?: readonly BodyPath[]
  /**
   * Names of response headers, tried in order, that hold the id of the request at the provider.
   */
  readonly requestId?: readonly string[]
  /**
   * Dotted paths in the body of an error, tried in order, to the provider's own code of it; for `statuses`.
   */
  readonly code?: readonly BodyPath[]
  /**
   * What an error counts as, by its code: code → HTTP status. For providers that answer every failure with the same status, as GraphQL and SOAP do. A prefix such as `soap:` is left out of the code.
   */
  readonly statuses?: {
    readonly [k: string]: number
  }
}
/**
 * Most requests within any stretch of time of a length, retries counted.
 */
export interface Budget {
  /**
   * Its name.
   */
  readonly key: string
  /**
   * Most requests within the time.
   */
  readonly requests: number
  /**
   * The length of the time, in seconds; it may begin anywhere.
   */
  readonly seconds: number
  /**
   * Text that the address contains. Left out, the budget is for all requests.
   */
  readonly urlPattern?: string
  /**
   * account: each account has its own. connector: all accounts of a process share one, as where the provider counts by the client of the integrator.
   */
  readonly per?: 'account' | 'connector'
}
