import { StepError } from '../../errors/index.ts'
import { encodeMultipart, type FormPart, isRecord } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import { toText } from '../request/compile-arguments.ts'
import { compileRequest } from '../request/compile-request.ts'
import { compileFileContent } from '../request/file-content.ts'
import type { Evaluate, RunContext } from '../run-context.ts'
import type { StepFunction } from './step-compiler.ts'

/** Sends a file as a form: the fields first, then the file. Body args are ignored, as the format has it. */
export const uploadFileStep: StepFunction = {
  name: 'upload_file',
  versions: ['1'],
  compile({ functionName, parameters, at, extension, extensionAt, defaults, compiler }) {
    const declared = isRecord(parameters['file']) ? parameters['file'] : {}
    const fileAt = [...at, 'file']
    const part = (key: string) => compiler.value(declared[key], [...fileAt, key]).evaluate
    const [fieldName, fileName, contentType] = [part('fieldName'), part('filename'), part('contentType')]
    const content = compileFileContent(declared['content'], [...fileAt, 'content'], compiler)
    const fields = compileFields(parameters['additionalFields'], [...at, 'additionalFields'], compiler)
    const request = compileRequest(parameters, at, extension, extensionAt, defaults, compiler, {
      method: 'post',
      responseStyle: 'literal',
      filePaths: content.paths,
      writeBody(_, context) {
        const form = encodeMultipart([
          ...fields(context),
          {
            name: needText(fieldName(context), 'fieldName'),
            fileName: needText(fileName(context), 'filename'),
            contentType: toText(contentType(context) ?? 'application/octet-stream'),
            content: content.read(context),
          },
        ])
        return { content: form.body, contentType: form.contentType }
      },
    })
    return { kind: 'request', functionName, request, pageParts: [] }
  },
}

function compileFields(
  list: unknown,
  at: DefinitionPath,
  compiler: Compiler,
): (context: RunContext) => FormPart[] {
  const fields = (Array.isArray(list) ? list : []).filter(isRecord).map((field, index) => {
    const read = (key: string): Evaluate => compiler.value(field[key], [...at, index, key]).evaluate
    return {
      name: read('name'),
      value: read('value'),
      contentType: field['contentType'] === undefined ? undefined : read('contentType'),
      condition: field['condition'] === undefined ? undefined : read('condition'),
    }
  })
  return (context) =>
    fields.flatMap(({ name, value, contentType, condition }): FormPart[] => {
      if (condition !== undefined && condition(context) !== true) return []
      const content = value(context)
      if (content === undefined) return []
      const type = contentType?.(context)
      return [
        {
          name: needText(name(context), 'name'),
          content: toText(content),
          ...(type === undefined || type === null ? {} : { contentType: toText(type) }),
        },
      ]
    })
}

function needText(value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new StepError('step/failed', { message: `The "${what}" of the upload gives no text.` })
}
