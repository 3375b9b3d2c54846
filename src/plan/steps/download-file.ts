import { isRecord } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import { compileRequest } from '../request/compile-request.ts'
import { compileDataKey } from '../request/compile-response.ts'
import type { RunContext } from '../run-context.ts'
import type { DownloadPlan } from '../step-plan.ts'
import { readsOnly } from './reads-only.ts'
import type { StepFunction } from './step-compiler.ts'

/** Fetches a file: the answer itself, content within it, or what lies at an address within it. */
export const downloadFileStep: StepFunction = {
  name: 'download_file',
  versions: ['1'],
  compile(source) {
    const { functionName, parameters, at, extension, extensionAt, defaults, compiler } = source
    const { customErrors, cacheTTL: _cacheTTL, response, ...common } = parameters
    if (customErrors !== undefined)
      compiler.report(
        'step/unsupported',
        '"customErrors" has no effect in download_file.',
        [...at, 'customErrors'],
        {
          severity: 'warning',
          hint: 'The format never applies it there; use `successCriteria` of the step.',
        },
      )
    return {
      kind: 'download',
      functionName,
      request: compileRequest(common, at, extension, extensionAt, defaults, compiler, {
        method: 'get',
        readsOnly: readsOnly(source),
      }),
      pageParts: [],
      download: compileDownload(parameters, isRecord(response) ? response : {}, at, compiler),
    }
  },
}

function compileDownload(
  parameters: Readonly<Record<string, unknown>>,
  response: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  compiler: Compiler,
): DownloadPlan {
  const key = (name: string) => {
    const path = response[name]
    return typeof path === 'string' ? compileDataKey(path, compiler, [...at, 'response', name]) : undefined
  }
  const [content, address, fileName, typeKey] = [
    key('dataKey'),
    key('urlKey'),
    key('fileNameKey'),
    key('contentTypeKey'),
  ]
  const fixedType = compiler.value(response['contentType'], [...at, 'response', 'contentType']).evaluate
  const maxRedirects = compiler.value(parameters['maxRedirects'] ?? 5, [...at, 'maxRedirects']).evaluate
  const follows = compiler.value(parameters['followRedirects'] ?? true, [...at, 'followRedirects']).evaluate
  return {
    ...(content === undefined ? {} : { content }),
    ...(address === undefined ? {} : { address }),
    ...(fileName === undefined ? {} : { fileName }),
    contentType: (context: RunContext, body: unknown) => fixedType(context) ?? typeKey?.(body),
    isBase64: response['contentIsBase64'] === true,
    forwardsAuthorization: response['forwardAuth'] === true,
    as: formOf(parameters['responseType'], parameters['encoding']),
    maxRedirects: (context) =>
      follows(context) === false ? 0 : Math.min(Number(maxRedirects(context)) || 0, 20),
  }
}

/** The encoding decides; without one, the type of the answer. */
function formOf(responseType: unknown, encoding: unknown): DownloadPlan['as'] {
  switch (encoding) {
    case 'utf8':
    case 'binary':
    case 'base64':
      return encoding
    case 'raw':
    case 'none':
      return 'bytes'
    default:
      return responseType === 'text' ? 'utf8' : responseType === 'json' ? 'json' : 'base64'
  }
}
