/** What a code stands for. The reference page of a code is generated from its entry. */
export interface ErrorEntry {
  /** A headline without a full stop. */
  readonly title: string
  /** What happened, for somebody who meets the code for the first time. */
  readonly meaning: string
  /** What to do about it: the default hint of an error with this code. */
  readonly remedy: string
  /** Whether the same call may simply be made again. An error may say otherwise for its own case. */
  readonly retryable: boolean
}

const callerErrors = {
  'input/missing': {
    title: 'A required input is missing',
    meaning: 'The action declares this input as required and the call did not give it.',
    remedy: 'Give every required input; `mainspring describe <action>` lists them.',
    retryable: false,
  },
  'input/unknown': {
    title: 'An input the action does not have',
    meaning:
      'The call names an input that the definition does not declare. Unknown inputs are refused, so that a typing slip never becomes a call without its filter.',
    remedy: 'Use the names that `mainspring describe <action>` lists.',
    retryable: false,
  },
  'input/invalid': {
    title: 'An input has the wrong type or value',
    meaning:
      'A value is not of the declared type, is outside its rules, or cannot be placed where it belongs. Values are never coerced.',
    remedy: 'Correct the inputs that the message names; every problem found is listed.',
    retryable: false,
  },
  'input/cursor': {
    title: 'A cursor that this action did not give out',
    meaning: 'The cursor is damaged, invented, or belongs to another action, account or set of inputs.',
    remedy: 'Pass `next` back unchanged, with the other inputs unchanged, or start without a cursor.',
    retryable: false,
  },
  'auth/missing-credential': {
    title: 'A credential is missing',
    meaning: 'The authentication of the connector asks for this field and it was not given.',
    remedy: 'Give every required credential under the key that the connector declares.',
    retryable: false,
  },
  'auth/invalid-credential': {
    title: 'A credential cannot be right',
    meaning:
      'The value breaks the rules that the connector declares for the field, or holds a character that no header can carry. Nothing was sent.',
    remedy: 'Copy the value again from the provider; the message says what the field looks like.',
    retryable: false,
  },
  'auth/unknown-method': {
    title: 'An authentication method the connector does not have',
    meaning: 'The call names an authentication method or environment that the definition does not declare.',
    remedy: 'Use one of the declared names, or leave it out to take the first.',
    retryable: false,
  },
  'auth/rejected': {
    title: 'The provider refused the credentials',
    meaning: 'The provider answered 401: it does not accept these credentials.',
    remedy: 'Check the credentials, or create new ones at the provider and link the account again.',
    retryable: false,
  },
  'auth/forbidden': {
    title: 'The credentials do not allow this call',
    meaning:
      'The provider answered 403: the credentials are known or half known, but may not do this. Some gateways also answer 403 to a wrong key.',
    remedy:
      'Check every credential, and ask an administrator of the account whether API access covers this call.',
    retryable: false,
  },
  'auth/unsupported-flow': {
    title: 'The method has no such flow',
    meaning:
      'The authentication method does not send people to the provider, or has nothing with which to renew credentials.',
    remedy: 'Ask for the fields of the method instead, or use another method of the connector.',
    retryable: false,
  },
  'auth/denied': {
    title: 'The person or the provider said no',
    meaning:
      'The provider sent the person back with an error instead of a code: consent was refused, or the request was.',
    remedy: 'Start again; if it stays, check scopes and address of return at the provider.',
    retryable: false,
  },
  'auth/state-mismatch': {
    title: 'The return does not belong to this authorization',
    meaning:
      'State or issuer of the callback are not those of the authorization that was begun. Somebody may have been lured onto a foreign link. Nothing was exchanged.',
    remedy: 'Start again from the beginning, in one browser.',
    retryable: false,
  },
  'auth/expired': {
    title: 'The authorization took too long',
    meaning: 'The person came back after the authorization had run out, or its code was no longer valid.',
    remedy: 'Start again.',
    retryable: false,
  },
  'auth/exchange-failed': {
    title: 'The provider gave no tokens',
    meaning:
      'The token endpoint could not be reached, refused the exchange, or its answer cannot be used. The message holds its own error code.',
    remedy: 'Check client id, client secret and address of return, then start again.',
    retryable: false,
  },
  'auth/discovery-failed': {
    title: 'The authorization server cannot be found or used',
    meaning:
      'The server names no authorization server, or its metadata lack what is needed, or it takes no registration of this client.',
    remedy: 'Check the address of the server; ask its operator how clients register.',
    retryable: false,
  },
  'auth/refresh-failed': {
    title: 'The credentials could not be renewed now',
    meaning:
      'The renewal failed in a way that may pass: no connection, no full answer, or a failure of the provider. The stored credentials are unchanged.',
    remedy: 'Try again later.',
    retryable: true,
  },
  'auth/revocation-failed': {
    title: 'The provider did not take the tokens back',
    meaning:
      'The provider refused the revocation, or could not be reached for it. Its tokens may work there until they end.',
    remedy: 'Let the person withdraw the access in the settings of the provider.',
    retryable: false,
  },
  'auth/store-failed': {
    title: 'The store of the credentials failed',
    meaning:
      'The credentials of the account could not be read, or renewed ones not be stored. Renewed ones are kept in memory, unused, and stored first with the next call.',
    remedy: 'Mend the store, then call again before this process ends.',
    retryable: true,
  },
  'auth/reconnect-needed': {
    title: 'The account has to be linked again',
    meaning:
      'The provider refuses to renew the credentials: they were revoked, have run out, or were used elsewhere. Nothing was sent.',
    remedy: 'Let the person link the account again.',
    retryable: false,
  },
  'auth/signing-failed': {
    title: 'A request cannot be signed',
    meaning:
      'A key for the signature is missing or not usable, or the request has a form that cannot be signed.',
    remedy: 'Check the keys of the account; the message says what is wrong.',
    retryable: false,
  },
  'event/unreadable': {
    title: 'A delivery that cannot be read',
    meaning:
      'The body of the webhook is no JSON or form, or does not hold the list of events that the connector declares.',
    remedy: 'Compare the delivery with the `events` of the connector; the provider may have changed.',
    retryable: false,
  },
  'event/signature-invalid': {
    title: 'A delivery that the provider did not sign',
    meaning:
      'The signature is missing or wrong, so that anybody may have sent the delivery. Nothing was routed.',
    remedy: 'Check the secret of the webhook; answer the sender with 401 and do nothing else.',
    retryable: false,
  },
  'event/stale': {
    title: 'A delivery from another time',
    meaning:
      'The signed time is too far from now: an old delivery may have been sent again by somebody else.',
    remedy: 'Check the clock of this machine; answer the sender with 400.',
    retryable: false,
  },
  'event/unsupported': {
    title: 'The connector declares no such events',
    meaning: 'The definition has no router for deliveries, or no steps to subscribe to them.',
    remedy: 'Add `events` to the connector, or set the webhook up by hand.',
    retryable: false,
  },
  'action/unknown': {
    title: 'No such action',
    meaning: 'The connector has no action of this name.',
    remedy: 'List the actions with `mainspring actions <connector>`.',
    retryable: false,
  },
  'connector/unknown': {
    title: 'No such connector',
    meaning: 'No connector of this name was found.',
    remedy: 'List the connectors with `mainspring connectors`.',
    retryable: false,
  },
  'policy/write-not-allowed': {
    title: 'A write that the caller has not allowed',
    meaning:
      'The passthrough action reads by default; another method needs the leave of the caller. Nothing was sent.',
    remedy: 'Set `allowWrites` (`--allow-writes`) if this call is meant to change data.',
    retryable: false,
  },
  'policy/action-not-allowed': {
    title: 'An action that a policy keeps from the caller',
    meaning:
      'A policy of the hub leaves out the connector, the action, its HTTP method or its effect for this caller. Nothing was sent.',
    remedy: 'Use another action, or ask the operator of the hub: the policies page says what is allowed.',
    retryable: false,
  },
  'policy/preview-not-allowed': {
    title: 'A preview action that the caller has not allowed',
    meaning:
      'The action rests on an assumption that nobody has seen confirmed, so it is off by default. Nothing was sent.',
    remedy: 'Set `allowPreview` (`--preview`) to run it all the same; its evidence says what is assumed.',
    retryable: false,
  },
  'policy/confirmation-needed': {
    title: 'A call that has to be confirmed first',
    meaning:
      'A policy asks for a confirmation of such calls, as of those that take something away. The answer holds a token that stands for this very call: account, action and inputs. Nothing was sent.',
    remedy:
      'Look at what the call would do. If it is meant, make the same call again with the token as `x-mainspring-confirm` (`confirm` for an agent’s tool, `--confirm` on the command line).',
    retryable: false,
  },
  'policy/confirmation-invalid': {
    title: 'A confirmation that does not fit the call',
    meaning:
      'The token is unknown, was used, is too old, was given to another caller, stands for another call, or waits for an operator. Nothing was sent.',
    remedy: 'Make the call without a token to be given a new one, and change nothing of it afterwards.',
    retryable: false,
  },
  'policy/origin-not-allowed': {
    title: 'An origin that the caller may not use',
    meaning:
      'Credentials go to the host of the definition. Another origin is taken only on loopback, unless the caller allows more. Nothing was sent.',
    remedy: 'Use an http://127.0.0.1 origin, or name the origin in `allowedOrigins`.',
    retryable: false,
  },
  'policy/address-not-allowed': {
    title: 'An address that may not be reached',
    meaning:
      'The host is, or resolves to, an address of this machine, of a private network or of a special purpose, or the port is neither 80, 443 nor one that the definition names. So nobody can have your network called by what they type or answer. Nothing was sent there.',
    remedy:
      'Check the address. Whoever runs Mainspring can allow networks, hosts and ports: `--allow-network` and `--allow-port` of a command, `allowNetworks` and `allowPorts` of the hub, `network` of `createTransport`.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>

const callErrors = {
  'provider/not-found': {
    title: 'The provider does not have it',
    meaning:
      'The provider answered 404 (or 410): the record or path does not exist there, or these credentials cannot see it.',
    remedy: 'Check the ids among the inputs.',
    retryable: false,
  },
  'provider/rate-limited': {
    title: 'The provider asks to slow down',
    meaning: 'The provider answered 429. Where it named a wait, `retryAfterMs` holds it.',
    remedy: 'Wait for `retryAfterMs`, or lower the rate of calls on this account.',
    retryable: true,
  },
  'provider/circuit-open': {
    title: 'A host that is left alone for a while',
    meaning:
      'The host of the provider failed too often for this account within half a minute (no connection, broken connections, no answer, 5xx). Until one request finds that it works again, none is sent. Nothing was sent.',
    remedy: 'Wait for `retryAfterMs`; if it stays, look whether the provider is down.',
    retryable: true,
  },
  'provider/refused': {
    title: 'The provider refused the request',
    meaning:
      'The provider answered with a status from 400 to 499 that has no code of its own: it understood the call and did not accept it.',
    remedy: 'Read the message of the provider, and correct the inputs.',
    retryable: false,
  },
  'provider/failed': {
    title: 'The provider failed',
    meaning:
      'The provider answered with a status from 500 to 599, or with an error where success was announced.',
    remedy: 'Try again later; if it stays, show the request id to the provider.',
    retryable: true,
  },
  'provider/redirected': {
    title: 'The provider answered with a redirect that is not followed',
    meaning:
      'Credentials never go to another origin, and redirects are followed for reads on the same origin only, a few times.',
    remedy: 'Check the base URL of the connector; the provider may have moved.',
    retryable: false,
  },
  'network/unreachable': {
    title: 'No connection to the provider',
    meaning: 'The name could not be resolved, or the connection was refused or never made. Nothing was sent.',
    remedy: 'Check the network and the address, then try again.',
    retryable: true,
  },
  'network/interrupted': {
    title: 'The connection broke',
    meaning: 'The connection was lost while the answer to a read was awaited or arriving.',
    remedy: 'Try again.',
    retryable: true,
  },
  'network/timeout': {
    title: 'No full answer in time',
    meaning: 'The time for the call ran out, waits and slow arrival included.',
    remedy: 'Try again, ask for less, or allow more time with `timeoutMs`.',
    retryable: true,
  },
  'call/aborted': {
    title: 'The caller ended the call',
    meaning: 'The signal of the caller was raised before the call was complete.',
    remedy: 'Nothing to do, if this was meant. Whoever ended it decides whether it is made again.',
    retryable: false,
  },
  'call/over-budget': {
    title: 'The budget of requests is used up',
    meaning:
      'The connector declares how many requests the provider takes, and the turn of this one would come after the end of the call. Nothing was sent.',
    remedy: 'Wait for `retryAfterMs`, allow more time with `timeoutMs`, or make fewer calls.',
    retryable: true,
  },
  'call/queue-full': {
    title: 'Too many requests wait already',
    meaning:
      'As many requests of the account are under way as may be, and as many wait for their turn; or this one has waited for as long as the operator lets a request wait. Nothing was sent.',
    remedy: 'Make fewer calls at a time, and try again later.',
    retryable: true,
  },
  'response/unreadable': {
    title: 'The answer cannot be read',
    meaning: 'The body is cut, wrongly encoded, or not of the format that the provider speaks.',
    remedy:
      'Try again; if it stays, look at the answer with `--trace`. A proxy between may have answered instead of the provider.',
    retryable: true,
  },
  'response/too-large': {
    title: 'The answer is too large',
    meaning: 'The body is larger than the limit after decompression.',
    remedy: 'Ask for fewer rows a page, or raise the limit.',
    retryable: false,
  },
  'response/too-deep': {
    title: 'The answer nests too deep',
    meaning: 'Lists and objects of the answer stand within each other more often than any record needs.',
    remedy: 'Report it to the provider: something there puts its answer together wrongly.',
    retryable: false,
  },
  'response/duplicate-key': {
    title: 'The answer names a key twice',
    meaning:
      'An object of the answer has two values under one key. Readers disagree about which of them counts, so neither is taken.',
    remedy: 'Report it to the provider; ask for other fields where the call lets you choose.',
    retryable: false,
  },
  'response/unexpected-shape': {
    title: 'The answer has none of the declared shapes',
    meaning: 'The body was read, but the record or the rows are not where the definition says they can be.',
    remedy: 'Compare the answer with the shapes of the action; the provider may have changed.',
    retryable: false,
  },
  'write/outcome-unknown': {
    title: 'Nobody can say whether the write happened',
    meaning:
      'The request was sent, and its answer was lost, cut, unreadable, too late, or awaited no longer. The provider may or may not have carried it out.',
    remedy: 'Look at the provider whether the change is there before you send it again.',
    retryable: false,
  },
  'paging/repeated-page': {
    title: 'The provider gave a page a second time',
    meaning:
      'A page with the same rows came before in this listing: the provider ignores the offset, page or cursor, or runs in a circle. Going on would repeat rows for ever.',
    remedy: 'Use the rows delivered so far with care, and report it to the author of the connector.',
    retryable: false,
  },
  'paging/no-progress': {
    title: 'The listing does not move on',
    meaning: 'The cursor of the next page is the one just used, or was used before.',
    remedy: 'Use the rows delivered so far with care, and report it to the author of the connector.',
    retryable: false,
  },
  'paging/missing-rows': {
    title: 'The listing ended before its declared total',
    meaning: 'An empty page or a null list came while the declared total says that rows are missing.',
    remedy: 'List again; rows may have been removed meanwhile.',
    retryable: true,
  },
  'paging/total-shrank': {
    title: 'The declared total shrank during the listing',
    meaning:
      'A later page declares fewer rows than an earlier one. Rows moved, so that some may have been passed over.',
    remedy: 'List again; rows may have been removed meanwhile.',
    retryable: true,
  },
  'paging/ceiling': {
    title: 'The listing reached its ceiling',
    meaning: 'More pages or rows came than the definition allows for one listing.',
    remedy: 'Narrow the listing, take it page by page, or raise the ceiling in the definition.',
    retryable: false,
  },
  'file/unreadable': {
    title: 'A file could not be read',
    meaning:
      'The file that was to be sent could not be opened or read. Nothing was sent, or of a file that goes in pieces what `bytesSent` counts.',
    remedy: 'Check that the file exists, may be read, and does not change while it is sent.',
    retryable: false,
  },
  'file/unwritable': {
    title: 'A file could not be written',
    meaning:
      'The place that the caller gave for a file did not take it. What was written of it is not whole.',
    remedy: 'Check the place, its permissions and its free space, and delete what is there of the file.',
    retryable: false,
  },
  'sync/not-allowed': {
    title: 'An action that cannot be synced',
    meaning:
      'The definition gives the action no `dataSync`, or one that does not allow it. Nothing was sent.',
    remedy: 'List the rows with `mainspring run --all`, or add `dataSync` to the action.',
    retryable: false,
  },
  'sync/state': {
    title: 'A sync state that does not fit',
    meaning:
      'The state is damaged, or was made by a sync of another action, account, environment or set of inputs. Nothing was sent.',
    remedy: 'Give the state of this very sync, or start without one.',
    retryable: false,
  },
  'step/failed': {
    title: 'A step of the action failed',
    meaning: 'A step could not do its work for a reason that has no code of its own.',
    remedy: 'Read the message; it names the step.',
    retryable: false,
  },
  'step/no-adapter': {
    title: 'A step function without its adapter',
    meaning:
      'The step function is carried out by code of whoever runs this engine, and none was given. Nothing was done.',
    remedy: 'Set the adapter in the options of the run; docs/how-to/step-adapters.md shows how.',
    retryable: false,
  },
  'step/unsupported': {
    title: 'A step function or parameter that is not built yet',
    meaning: 'The definition is valid, and this version of the engine cannot run that part of it.',
    remedy: 'See the list of supported step functions in the reference.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>

const definitionErrors = {
  'definition/not-found': {
    title: 'No connector file there',
    meaning: 'The path does not exist, or holds no `*.connector.s1.yaml` file.',
    remedy: 'Name the folder of the connector or its connector file.',
    retryable: false,
  },
  'definition/unreadable': {
    title: 'A file that cannot be read as text',
    meaning: 'The file cannot be opened, or is not UTF-8.',
    remedy: 'Save the file as UTF-8, and check its rights.',
    retryable: false,
  },
  'definition/too-large': {
    title: 'A definition beyond the limits',
    meaning: 'The file is too long, nests too deeply, or has too many nodes or aliases to be a connector.',
    remedy: 'Split the connector into partials, one a resource.',
    retryable: false,
  },
  'definition/syntax': {
    title: 'The YAML cannot be parsed',
    meaning: 'The text is not YAML 1.2 at this place.',
    remedy:
      'Mend the syntax at the place named; quote text that holds `: `, or starts with `{`, `[`, `@` or a backtick.',
    retryable: false,
  },
  'definition/duplicate-key': {
    title: 'A key stands twice in one map',
    meaning: 'One of the two values would be lost silently.',
    remedy: 'Remove or rename one of them. Only `$ref` may be repeated.',
    retryable: false,
  },
  'definition/reference-missing': {
    title: 'A reference to a partial that does not exist',
    meaning:
      '`$ref: <name>.<resource>` names the file `<name>.<resource>.s1.partial.yaml` of the same folder, and it is not there.',
    remedy: 'Correct the name, or add the file.',
    retryable: false,
  },
  'definition/reference-cycle': {
    title: 'References that lead back to themselves',
    meaning: 'A partial refers, directly or through others, to itself.',
    remedy: 'Remove one of the references of the circle.',
    retryable: false,
  },
  'definition/reference-invalid': {
    title: 'A reference that cannot be followed',
    meaning:
      'The value is not a partial name, leads out of the folder, or the content of the partial does not fit where it is referred to.',
    remedy: 'Write `$ref: <name>.<resource>`, without extension, path or fragment.',
    retryable: false,
  },
  'definition/unknown-key': {
    title: 'A key the format does not have',
    meaning: 'The key is not part of the format at this place, and has no effect.',
    remedy: 'Correct its spelling, or remove it.',
    retryable: false,
  },
  'definition/missing-key': {
    title: 'A required key is missing',
    meaning: 'The format demands this key here.',
    remedy: 'Add the key.',
    retryable: false,
  },
  'definition/wrong-type': {
    title: 'A value of the wrong type',
    meaning: 'The format demands another type of value here.',
    remedy: 'Write a value of the type named.',
    retryable: false,
  },
  'definition/wrong-value': {
    title: 'A value the format does not allow',
    meaning: 'The value is of the right type and still not allowed here.',
    remedy: 'Use one of the values named.',
    retryable: false,
  },
  'definition/duplicate-action': {
    title: 'Two actions with one id',
    meaning: 'The second action would hide the first one.',
    remedy: 'Rename one of them.',
    retryable: false,
  },
  'definition/duplicate-step': {
    title: 'Two steps with one id',
    meaning: 'The output of the second step would hide the output of the first one.',
    remedy: 'Rename one of them, and the expressions that read it.',
    retryable: false,
  },
  'definition/no-effect': {
    title: 'A part that does nothing',
    meaning: 'The definition is valid, and this part of it has no effect, as in the original.',
    remedy: 'Remove it, or write what was meant.',
    retryable: false,
  },
  'definition/unknown-step-function': {
    title: 'A step function the format does not have',
    meaning: 'No step function of this name and version exists.',
    remedy: 'Correct its name or version.',
    retryable: false,
  },
  'definition/invalid': {
    title: 'The connector cannot be compiled',
    meaning: 'The definition has errors; `diagnostics` holds each with its place.',
    remedy: 'Run `mainspring lint` on the folder and mend what it shows.',
    retryable: false,
  },
  'expression/syntax': {
    title: 'An expression that cannot be parsed',
    meaning: 'The text is not a valid path, program or template at the column named.',
    remedy: 'Mend the expression; the reference of the language shows each form.',
    retryable: false,
  },
  'expression/evaluation': {
    title: 'An expression failed while it ran',
    meaning: 'The expression is well-formed, and could not be evaluated on the data it met.',
    remedy: 'Guard the expression against missing data.',
    retryable: false,
  },
  'expression/limit': {
    title: 'An expression beyond the limits',
    meaning: 'The expression is too long, nests too deeply, or produces too much.',
    remedy: 'Split the expression over several fields or steps.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>

const catalogErrors = {
  'catalog/stale': {
    title: 'An index of connectors that its definitions have outrun',
    meaning: 'A definition changed after `mainspring catalog build` made the index, so the two disagree.',
    remedy: 'Build the index again, or open the folder itself.',
    retryable: false,
  },
  'catalog/unreadable': {
    title: 'No index of connectors that can be read',
    meaning: 'The file is none that `mainspring catalog build` made, was cut off, or is of another version.',
    remedy: 'Build the index again with `mainspring catalog build`.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>

const hubErrors = {
  'hub/config-invalid': {
    title: 'The configuration of the hub cannot be',
    meaning:
      'The configuration file, an environment variable or an option has a value that the hub cannot use. Nothing was started.',
    remedy:
      'Correct the place that the message names; the reference of the configuration lists every setting.',
    retryable: false,
  },
  'hub/data-folder': {
    title: 'The data folder cannot be used',
    meaning: 'The folder for the database and the master key cannot be made or written.',
    remedy: 'Name another folder with --data, or correct the rights of this one.',
    retryable: false,
  },
  'hub/port-in-use': {
    title: 'The port of the hub is taken',
    meaning: 'Another process listens on the port that was asked for.',
    remedy: 'Choose another port with --port, or 0 for any free one.',
    retryable: false,
  },
  'hub/master-key-missing': {
    title: 'The master key is missing',
    meaning: 'A database is there and its master key is not. Nothing was changed.',
    remedy:
      'Bring back the master key file from its copy. Without it no linked account can be opened; to start anew, use another data folder.',
    retryable: false,
  },
  'hub/master-key-in-use': {
    title: 'Records are sealed with a former master key',
    meaning: 'A rotation cannot be finished while records need the former key. Nothing was changed.',
    remedy:
      'Run `mainspring vault rotate --resume`; wait until every hub has taken up the new key, which takes 20 seconds.',
    retryable: false,
  },
  'hub/master-key-unusable': {
    title: 'The master key cannot be used',
    meaning:
      'The master key cannot be read, is not of the right form, or can be read by others on this machine.',
    remedy: 'Correct what the message names.',
    retryable: false,
  },
  'hub/master-key-wrong': {
    title: 'The master key is not the one of this database',
    meaning: 'The database was used with another master key. Nothing was changed.',
    remedy: 'Start with the master key that belongs to the database.',
    retryable: false,
  },
  'hub/store-unreachable': {
    title: 'The database cannot be reached',
    meaning: 'The database file cannot be opened, or the database server does not answer.',
    remedy: 'Check the data folder, or the address, name and password in DATABASE_URL.',
    retryable: true,
  },
  'hub/store-full': {
    title: 'The disk of the database is full',
    meaning:
      'A change could not be written for want of room. The change was not made; what was stored before is as it was.',
    remedy: 'Make room on the disk of the data folder or of the database server. No restart is needed.',
    retryable: true,
  },
  'hub/store-read-only': {
    title: 'The database cannot be written',
    meaning:
      'The file, its folder or the database server takes no changes. The change was not made; what was stored before is as it was.',
    remedy: 'Correct the rights of the data folder, mount the disk for writing, or name the primary server.',
    retryable: false,
  },
  'hub/store-busy': {
    title: 'The database is held by another process',
    meaning:
      'Another process works on the same database and did not let go in time, as a backup or a second hub on one file does. The change was not made.',
    remedy: 'End the other process. Several hubs share PostgreSQL, never one file.',
    retryable: true,
  },
  'hub/store-damaged': {
    title: 'The database is damaged',
    meaning:
      'The file is no database, is one of another program, or parts of it cannot be read. Nothing was changed.',
    remedy: 'Put the file aside, bring back a copy of the data folder, and start with it.',
    retryable: false,
  },
  'hub/stopping': {
    title: 'The hub is about to end',
    meaning: 'The hub finishes what is under way and takes nothing new. The request was not begun.',
    remedy: 'Repeat the request after the seconds of Retry-After: another process will take it.',
    retryable: true,
  },
  'hub/overloaded': {
    title: 'The hub has too much to do',
    meaning:
      'More requests are under way than the hub takes at a time, or its memory is nearly used up. The request was not begun.',
    remedy: 'Repeat the request after the seconds of Retry-After; the operator can raise the limit.',
    retryable: true,
  },
  'hub/store-newer': {
    title: 'The database was used by a later version',
    meaning:
      'The tables were changed by a version of Mainspring that this one does not know. Nothing was changed.',
    remedy: 'Start the later version, or go back to a copy of the database made before it.',
    retryable: false,
  },
  'hub/vault-unreadable': {
    title: 'Stored credentials cannot be opened',
    meaning:
      'The encrypted credentials of an account are missing, altered, or sealed with a master key that is not there.',
    remedy: 'Start with the right master key, or link the account again.',
    retryable: false,
  },
  'hub/unauthenticated': {
    title: 'The caller is not known',
    meaning: 'The request has no API key, session token or login, or one that is not in force.',
    remedy: 'Send the API key as the user name of Basic authentication, or sign in again.',
    retryable: false,
  },
  'hub/forbidden': {
    title: 'The caller may not do this',
    meaning: 'The API key is known and does not allow this request, or a form came without its proof.',
    remedy: 'Use a key with the right scope; reload the page before you send a form again.',
    retryable: false,
  },
  'hub/session-expired': {
    title: 'The link or session is no longer valid',
    meaning: 'The connect session, auth link or login link is unknown, was used, or is too old.',
    remedy: 'Ask for a new link.',
    retryable: false,
  },
  'hub/invalid-request': {
    title: 'A request that cannot be understood',
    meaning: 'A parameter or the body of the request is missing or has the wrong form. Nothing was changed.',
    remedy: 'Correct what the message names; /openapi.json describes every request.',
    retryable: false,
  },
  'hub/not-found': {
    title: 'Nothing there',
    meaning: 'The hub has no such address.',
    remedy: 'See /openapi.json for what there is.',
    retryable: false,
  },
  'hub/account-unknown': {
    title: 'No such account',
    meaning: 'There is no linked account of this id, or the caller may not see it.',
    remedy: 'List the accounts with GET /accounts.',
    retryable: false,
  },
  'hub/account-exists': {
    title: 'The owner has this account already',
    meaning: 'Owner and provider together name one account, and another one has this name.',
    remedy: 'Change that account, or remove it first.',
    retryable: false,
  },
  'hub/account-inactive': {
    title: 'The account is switched off',
    meaning: 'An operator has switched the account off. Nothing was sent.',
    remedy: 'Switch it on again on the accounts page.',
    retryable: false,
  },
  'hub/integration-unknown': {
    title: 'No such integration',
    meaning: 'The catalog offers no connector with this authentication method and environment.',
    remedy: 'List them with GET /hub/connectors, or on the catalog page.',
    retryable: false,
  },
  'hub/integration-inactive': {
    title: 'The integration is switched off',
    meaning: 'An operator has switched the integration off. Nothing was sent.',
    remedy: 'Switch it on again on the catalog page.',
    retryable: false,
  },
  'hub/not-linked': {
    title: 'The account was not linked',
    meaning:
      'A field of the form cannot be right, or the provider did not accept the credentials. Nothing was stored.',
    remedy: 'Correct the fields that the message names, then connect again.',
    retryable: false,
  },
  'hub/key-unknown': {
    title: 'No such API key',
    meaning: 'There is no API key of this id in force.',
    remedy: 'See the list of keys on the settings page.',
    retryable: false,
  },
  'hub/confirmation-unknown': {
    title: 'No such call that waits',
    meaning: 'There is no call of this id that waits to be confirmed: it was decided already, or is too old.',
    remedy: 'See what waits on the confirmations page, or with GET /confirmations.',
    retryable: false,
  },
  'hub/account-missing': {
    title: 'No account was named',
    meaning: 'The request runs an action and does not say with which linked account. Nothing was sent.',
    remedy: 'Send the id of the account as the header x-account-id.',
    retryable: false,
  },
  'hub/rate-limited': {
    title: 'Too many requests',
    meaning:
      'The API key has used up its requests of the minute, or too many attempts to sign in or to link came from one address. Nothing was run.',
    remedy: 'Wait for the seconds of Retry-After; the operator can raise the limit.',
    retryable: true,
  },
  'hub/idempotency-conflict': {
    title: 'An Idempotency-Key that was used for another request',
    meaning: 'The same key came before with another request. Nothing was run.',
    remedy: 'Use a new key for each request, and the same one only to repeat it unchanged.',
    retryable: false,
  },
  'hub/idempotency-in-flight': {
    title: 'The request of this Idempotency-Key is still under way',
    meaning: 'The same key came before and its request has not ended yet. Nothing more was run.',
    remedy: 'Repeat the request a little later: it is answered as the first one was.',
    retryable: true,
  },
  'hub/idempotency-outcome-unknown': {
    title: 'How the request of this Idempotency-Key ended is not known',
    meaning:
      'The same key came before and its request never ended, as when the hub was stopped in the middle. It may have written. Nothing more was run.',
    remedy: 'Read the record at the provider first; repeat with a new key if it was not written.',
    retryable: false,
  },
  'hub/log-unknown': {
    title: 'No such entry of the request log',
    meaning: 'There is no entry of this id, or it is older than the log is kept.',
    remedy: 'List the entries with GET /requests/logs.',
    retryable: false,
  },
  'hub/subscription-unknown': {
    title: 'No such subscription',
    meaning: 'There is no subscription of this id or address. A delivery to an old address ends here too.',
    remedy: 'List them with GET /event-subscriptions; subscribe again for a new address.',
    retryable: false,
  },
  'hub/delivery-unknown': {
    title: 'No such delivery',
    meaning: 'There is no delivery of this id, or it was taken out after 30 days.',
    remedy: 'List them with GET /event-subscriptions/:id/deliveries.',
    retryable: false,
  },
  'hub/webhook-unknown': {
    title: 'No such webhook or event',
    meaning: 'There is no webhook or event of this id.',
    remedy: 'List them with GET /webhooks and GET /webhooks/events.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>

const comparisonErrors = {
  'compat/version-too-low': {
    title: 'The version is too low for the changes',
    meaning:
      'What changed since the other version of the connector breaks its callers or adds to what they can do, and `info.version` has not grown by as much as Semantic Versioning asks.',
    remedy: 'Set `info.version` to the version that the message names, or take the change back.',
    retryable: false,
  },
  'compat/version-unreadable': {
    title: 'A version that cannot be compared',
    meaning: 'One of the two versions of the connector is not three numbers with dots, such as 1.4.0.',
    remedy: 'Write `info.version` as Semantic Versioning has it.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>

const lintErrors = {
  'config/invalid': {
    title: 'A configuration that cannot be used',
    meaning: 'A key or value of `mainspring.config.yaml` is not one that it has.',
    remedy: 'Correct it at the place named; the reference of the linter shows each key.',
    retryable: false,
  },
  'config/unknown-rule': {
    title: 'A configuration of a rule that does not exist',
    meaning: 'The code is none that the linter reports, so the line has no effect.',
    remedy: 'Use a code of the page of rules.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>

const processErrors = {
  'cli/usage': {
    title: 'Wrong use of the command',
    meaning: 'The command line names an unknown command or option, or an option has a bad value.',
    remedy: 'Run the command with --help.',
    retryable: false,
  },
  'cli/file': {
    title: 'A file of the command line cannot be used',
    meaning: 'A file that the command line names cannot be read or written, or does not hold what it should.',
    remedy: 'Check the path and the content of the file.',
    retryable: false,
  },
  'sandbox/port-in-use': {
    title: 'The port of the sandbox is taken',
    meaning: 'Another process listens on the port that was asked for.',
    remedy: 'Choose another port with --port, or 0 for any free one.',
    retryable: false,
  },
  'internal/bug': {
    title: 'A mistake in Mainspring itself',
    meaning: 'Something happened that the code says cannot happen.',
    remedy: 'Please report it with the command that led to it.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>

/** Every code of errors and diagnostics, in the order of the reference page. */
export const errorCatalogue = {
  ...callerErrors,
  ...callErrors,
  ...definitionErrors,
  ...catalogErrors,
  ...hubErrors,
  ...comparisonErrors,
  ...lintErrors,
  ...processErrors,
}

/** A stable, public name of a kind of failure: `area/what`. */
export type ErrorCode = keyof typeof errorCatalogue
/** The codes of one area. */
export type ErrorCodeIn<Area extends string> = Extract<ErrorCode, `${Area}/${string}`>
