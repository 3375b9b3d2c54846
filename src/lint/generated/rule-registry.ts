// Made from src/lint/rules/ by scripts/generate.ts.
import type { Rule } from '../rule.ts'
import { authorizationParameters } from '../rules/auth/authorization-parameters.ts'
import { emptyCredential } from '../rules/auth/empty-credential.ts'
import { noTestAction } from '../rules/auth/no-test-action.ts'
import { oauthWithoutRefresh } from '../rules/auth/oauth-without-refresh.ts'
import { refreshWithoutToken } from '../rules/auth/refresh-without-token.ts'
import { secretNotMarked } from '../rules/auth/secret-not-marked.ts'
import { secretPlaceholder } from '../rules/auth/secret-placeholder.ts'
import { secretTypedOpenly } from '../rules/auth/secret-typed-openly.ts'
import { tokenNeverExpires } from '../rules/auth/token-never-expires.ts'
import { unfitTestAction } from '../rules/auth/unfit-test-action.ts'
import { unknownTestAction } from '../rules/auth/unknown-test-action.ts'
import { unusedField } from '../rules/auth/unused-field.ts'
import { duplicateConnectorKey } from '../rules/catalog/duplicate-connector-key.ts'
import { lookAlikeTools } from '../rules/catalog/look-alike-tools.ts'
import { dateFormatUnsaid } from '../rules/descriptions/date-format-unsaid.ts'
import { descriptionRestatesName } from '../rules/descriptions/description-restates-name.ts'
import { hiddenInstructions } from '../rules/descriptions/hidden-instructions.ts'
import { invisibleCharacters } from '../rules/descriptions/invisible-characters.ts'
import { lookAlikeActions } from '../rules/descriptions/look-alike-actions.ts'
import { noDescription } from '../rules/descriptions/no-description.ts'
import { shortDescription } from '../rules/descriptions/short-description.ts'
import { tooManyTokens } from '../rules/descriptions/too-many-tokens.ts'
import { toolNameTooLong } from '../rules/descriptions/tool-name-too-long.ts'
import { undocumentedObject } from '../rules/descriptions/undocumented-object.ts'
import { unfinishedText } from '../rules/descriptions/unfinished-text.ts'
import { unitUnsaid } from '../rules/descriptions/unit-unsaid.ts'
import { exampleMissing } from '../rules/evidence/example-missing.ts'
import { exampleRequestDiffers } from '../rules/evidence/example-request-differs.ts'
import { exampleResultDiffers } from '../rules/evidence/example-result-differs.ts'
import { noEvidence } from '../rules/evidence/no-evidence.ts'
import { previewOn } from '../rules/evidence/preview-on.ts'
import { stageConflict } from '../rules/evidence/stage-conflict.ts'
import { alwaysNull } from '../rules/expressions/always-null.ts'
import { constantCondition } from '../rules/expressions/constant-condition.ts'
import { dashInName } from '../rules/expressions/dash-in-name.ts'
import { iteratorOutsideLoop } from '../rules/expressions/iterator-outside-loop.ts'
import { methodCall } from '../rules/expressions/method-call.ts'
import { mixedAndOr } from '../rules/expressions/mixed-and-or.ts'
import { nestedSyntax } from '../rules/expressions/nested-syntax.ts'
import { neverEqual } from '../rules/expressions/never-equal.ts'
import { nullLiteral } from '../rules/expressions/null-literal.ts'
import { objectInText } from '../rules/expressions/object-in-text.ts'
import { pathWithoutMark } from '../rules/expressions/path-without-mark.ts'
import { pipeTransform } from '../rules/expressions/pipe-transform.ts'
import { stepReadEarly } from '../rules/expressions/step-read-early.ts'
import { unfilledHole } from '../rules/expressions/unfilled-hole.ts'
import { unknownContextKey } from '../rules/expressions/unknown-context-key.ts'
import { unknownCredential } from '../rules/expressions/unknown-credential.ts'
import { unknownFunction } from '../rules/expressions/unknown-function.ts'
import { unknownInput } from '../rules/expressions/unknown-input.ts'
import { unknownOutput } from '../rules/expressions/unknown-output.ts'
import { unknownRoot } from '../rules/expressions/unknown-root.ts'
import { unknownStep } from '../rules/expressions/unknown-step.ts'
import { wrongArgumentCount } from '../rules/expressions/wrong-argument-count.ts'
import { guideFieldUnexplained } from '../rules/guide/guide-field-unexplained.ts'
import { guideMissing } from '../rules/guide/guide-missing.ts'
import { guideSectionMissing } from '../rules/guide/guide-section-missing.ts'
import { guideUnknownField } from '../rules/guide/guide-unknown-field.ts'
import { linkNotHttps } from '../rules/guide/link-not-https.ts'
import { collectionWithoutIndex } from '../rules/mapping/collection-without-index.ts'
import { enumValueUnmatched } from '../rules/mapping/enum-value-unmatched.ts'
import { enumWithoutMapper } from '../rules/mapping/enum-without-mapper.ts'
import { fieldWithoutSource } from '../rules/mapping/field-without-source.ts'
import { mapWithoutFields } from '../rules/mapping/map-without-fields.ts'
import { mapWithoutSource } from '../rules/mapping/map-without-source.ts'
import { mappingDiffers } from '../rules/mapping/mapping-differs.ts'
import { misspeltMatchValue } from '../rules/mapping/misspelt-match-value.ts'
import { unknownGroupedStep } from '../rules/mapping/unknown-grouped-step.ts'
import { unknownSourceField } from '../rules/mapping/unknown-source-field.ts'
import { unreachableMatch } from '../rules/mapping/unreachable-match.ts'
import { unusedStep } from '../rules/mapping/unused-step.ts'
import { wrongTypedConstant } from '../rules/mapping/wrong-typed-constant.ts'
import { cursorNotSent } from '../rules/paging/cursor-not-sent.ts'
import { dataKeyMissing } from '../rules/paging/data-key-missing.ts'
import { listWithoutPaging } from '../rules/paging/list-without-paging.ts'
import { nextKeyMissing } from '../rules/paging/next-key-missing.ts'
import { noPageCeiling } from '../rules/paging/no-page-ceiling.ts'
import { pagingParameterTwice } from '../rules/paging/paging-parameter-twice.ts'
import { twoPagings } from '../rules/paging/two-pagings.ts'
import { argWithoutValue } from '../rules/requests/arg-without-value.ts'
import { bodyOnGet } from '../rules/requests/body-on-get.ts'
import { conditionOfOtherInput } from '../rules/requests/condition-of-other-input.ts'
import { customErrorHidesFailure } from '../rules/requests/custom-error-hides-failure.ts'
import { doubleSlash } from '../rules/requests/double-slash.ts'
import { foreignHost } from '../rules/requests/foreign-host.ts'
import { fullUrlAsPath } from '../rules/requests/full-url-as-path.ts'
import { hardcodedCredential } from '../rules/requests/hardcoded-credential.ts'
import { insecureUrl } from '../rules/requests/insecure-url.ts'
import { malformedBaseUrl } from '../rules/requests/malformed-base-url.ts'
import { malformedMediaType } from '../rules/requests/malformed-media-type.ts'
import { missingCondition } from '../rules/requests/missing-condition.ts'
import { missingContentType } from '../rules/requests/missing-content-type.ts'
import { missingSlash } from '../rules/requests/missing-slash.ts'
import { misspeltArg } from '../rules/requests/misspelt-arg.ts'
import { misspeltHeader } from '../rules/requests/misspelt-header.ts'
import { misspeltSegment } from '../rules/requests/misspelt-segment.ts'
import { optionalSentBare } from '../rules/requests/optional-sent-bare.ts'
import { overriddenAuthorization } from '../rules/requests/overridden-authorization.ts'
import { pathParameter } from '../rules/requests/path-parameter.ts'
import { queryInUrl } from '../rules/requests/query-in-url.ts'
import { secretInUrl } from '../rules/requests/secret-in-url.ts'
import { unusedInput } from '../rules/requests/unused-input.ts'
import { urlCharacter } from '../rules/requests/url-character.ts'
import { actionIdFormat } from '../rules/structure/action-id-format.ts'
import { connectorKeyFormat } from '../rules/structure/connector-key-format.ts'
import { constantResult } from '../rules/structure/constant-result.ts'
import { duplicateArg } from '../rules/structure/duplicate-arg.ts'
import { duplicateEnumValue } from '../rules/structure/duplicate-enum-value.ts'
import { duplicateName } from '../rules/structure/duplicate-name.ts'
import { duplicateTargetField } from '../rules/structure/duplicate-target-field.ts'
import { entrypointIncomplete } from '../rules/structure/entrypoint-incomplete.ts'
import { entrypointParameter } from '../rules/structure/entrypoint-parameter.ts'
import { enumWithoutValues } from '../rules/structure/enum-without-values.ts'
import { idDiffersFromLabel } from '../rules/structure/id-differs-from-label.ts'
import { inputWithoutPlace } from '../rules/structure/input-without-place.ts'
import { invalidPattern } from '../rules/structure/invalid-pattern.ts'
import { keyDiffersFromFile } from '../rules/structure/key-differs-from-file.ts'
import { oneOfAKind } from '../rules/structure/one-of-a-kind.ts'
import { optionalPathInput } from '../rules/structure/optional-path-input.ts'
import { placeholderBreaksPattern } from '../rules/structure/placeholder-breaks-pattern.ts'
import { productionEnvironment } from '../rules/structure/production-environment.ts'
import { propertiesWithoutObject } from '../rules/structure/properties-without-object.ts'
import { resultWithoutData } from '../rules/structure/result-without-data.ts'
import { ruleRange } from '../rules/structure/rule-range.ts'
import { selectWithoutOptions } from '../rules/structure/select-without-options.ts'
import { stepIdFormat } from '../rules/structure/step-id-format.ts'
import { unknownScope } from '../rules/structure/unknown-scope.ts'
import { unusedPartial } from '../rules/structure/unused-partial.ts'
import { validationRuleInput } from '../rules/structure/validation-rule-input.ts'
import { validationRuleVoid } from '../rules/structure/validation-rule-void.ts'
import { versionNotSemver } from '../rules/structure/version-not-semver.ts'
import { versionGated } from '../rules/versions/version-gated.ts'
import { hintContradicts } from '../rules/writes/hint-contradicts.ts'
import { noConfirmationHint } from '../rules/writes/no-confirmation-hint.ts'
import { readMarkedWrite } from '../rules/writes/read-marked-write.ts'
import { retryWithoutKey } from '../rules/writes/retry-without-key.ts'
import { writeMarkedRead } from '../rules/writes/write-marked-read.ts'

export const rules: readonly Rule[] = [
  authorizationParameters,
  emptyCredential,
  noTestAction,
  oauthWithoutRefresh,
  refreshWithoutToken,
  secretNotMarked,
  secretPlaceholder,
  secretTypedOpenly,
  tokenNeverExpires,
  unfitTestAction,
  unknownTestAction,
  unusedField,
  duplicateConnectorKey,
  lookAlikeTools,
  dateFormatUnsaid,
  descriptionRestatesName,
  hiddenInstructions,
  invisibleCharacters,
  lookAlikeActions,
  noDescription,
  shortDescription,
  tooManyTokens,
  toolNameTooLong,
  undocumentedObject,
  unfinishedText,
  unitUnsaid,
  exampleMissing,
  exampleRequestDiffers,
  exampleResultDiffers,
  noEvidence,
  previewOn,
  stageConflict,
  alwaysNull,
  constantCondition,
  dashInName,
  iteratorOutsideLoop,
  methodCall,
  mixedAndOr,
  nestedSyntax,
  neverEqual,
  nullLiteral,
  objectInText,
  pathWithoutMark,
  pipeTransform,
  stepReadEarly,
  unfilledHole,
  unknownContextKey,
  unknownCredential,
  unknownFunction,
  unknownInput,
  unknownOutput,
  unknownRoot,
  unknownStep,
  wrongArgumentCount,
  guideFieldUnexplained,
  guideMissing,
  guideSectionMissing,
  guideUnknownField,
  linkNotHttps,
  collectionWithoutIndex,
  enumValueUnmatched,
  enumWithoutMapper,
  fieldWithoutSource,
  mapWithoutFields,
  mapWithoutSource,
  mappingDiffers,
  misspeltMatchValue,
  unknownGroupedStep,
  unknownSourceField,
  unreachableMatch,
  unusedStep,
  wrongTypedConstant,
  cursorNotSent,
  dataKeyMissing,
  listWithoutPaging,
  nextKeyMissing,
  noPageCeiling,
  pagingParameterTwice,
  twoPagings,
  argWithoutValue,
  bodyOnGet,
  conditionOfOtherInput,
  customErrorHidesFailure,
  doubleSlash,
  foreignHost,
  fullUrlAsPath,
  hardcodedCredential,
  insecureUrl,
  malformedBaseUrl,
  malformedMediaType,
  missingCondition,
  missingContentType,
  missingSlash,
  misspeltArg,
  misspeltHeader,
  misspeltSegment,
  optionalSentBare,
  overriddenAuthorization,
  pathParameter,
  queryInUrl,
  secretInUrl,
  unusedInput,
  urlCharacter,
  actionIdFormat,
  connectorKeyFormat,
  constantResult,
  duplicateArg,
  duplicateEnumValue,
  duplicateName,
  duplicateTargetField,
  entrypointIncomplete,
  entrypointParameter,
  enumWithoutValues,
  idDiffersFromLabel,
  inputWithoutPlace,
  invalidPattern,
  keyDiffersFromFile,
  oneOfAKind,
  optionalPathInput,
  placeholderBreaksPattern,
  productionEnvironment,
  propertiesWithoutObject,
  resultWithoutData,
  ruleRange,
  selectWithoutOptions,
  stepIdFormat,
  unknownScope,
  unusedPartial,
  validationRuleInput,
  validationRuleVoid,
  versionNotSemver,
  versionGated,
  hintContradicts,
  noConfirmationHint,
  readMarkedWrite,
  retryWithoutKey,
  writeMarkedRead,
]
