import { isRecord } from '../../http/index.ts'
import { toText } from '../request/compile-arguments.ts'
import { compileRequest } from '../request/compile-request.ts'
import { compileFileContent } from '../request/file-content.ts'
import type { StepFunction } from './step-compiler.ts'

/** Sends the bytes of a file as the whole body; under `x-mainspring.chunks` in pieces, a request each. */
export const uploadBinaryStep: StepFunction = {
  name: 'upload_binary',
  versions: ['1'],
  compile({ functionName, parameters, at, extension, extensionAt, defaults, compiler }) {
    const declared = isRecord(parameters['binaryContent']) ? parameters['binaryContent'] : {}
    const contentAt = [...at, 'binaryContent']
    const content = compileFileContent(declared['content'], [...contentAt, 'content'], compiler)
    const contentType = compiler.value(declared['contentType'], [...contentAt, 'contentType']).evaluate
    const chunks = isRecord(extension['chunks']) ? { bytes: Number(extension['chunks']['bytes']) } : undefined
    const request = compileRequest(parameters, at, extension, extensionAt, defaults, compiler, {
      method: 'post',
      responseStyle: 'literal',
      filePaths: content.paths,
      writeBody: ({ headers }, context) => ({
        // Explain has no piece: the file is not read.
        content: chunks === undefined ? content.read(context) : (context.piece ?? '<bytes of the piece>'),
        contentType: headers['content-type'] ?? toText(contentType(context) ?? 'application/octet-stream'),
      }),
    })
    const inPieces = chunks === undefined ? {} : { chunks: { ...chunks, read: content.read } }
    return { kind: 'request', functionName, request, pageParts: [], ...inPieces }
  },
}
