import type { StreamedBody } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { RunContext } from '../run-context.ts'
import { FileInput } from './file-input.ts'
import { refuseValue } from './url-value.ts'

/** The content of a file that a step sends, compiled. */
export interface FileContentPlan {
  /** What it is taken from unchanged: `inputs.content`. */
  readonly paths: readonly string[]
  /** @throws {InputError | StepError} what is neither a file of the caller nor base64 */
  read(context: RunContext): StreamedBody | Uint8Array
}

export function compileFileContent(
  declared: unknown,
  at: DefinitionPath,
  compiler: Compiler,
): FileContentPlan {
  const { evaluate, direct, paths } = compiler.value(declared, at)
  const blame = paths[0] ?? 'content'
  return {
    paths: direct,
    read(context) {
      const value = evaluate(context)
      if (value instanceof FileInput) return value
      if (value instanceof Uint8Array) return value
      if (value === undefined || value === null)
        return refuseValue(blame, 'is the content of a file and is missing', true)
      if (typeof value !== 'string') return refuseValue(blame, 'is the content of a file and must be base64')
      return decodeBase64(value, blame)
    },
  }
}

/** Either alphabet, line breaks and missing padding forgiven; anything else would silently send other bytes. */
function decodeBase64(text: string, blame: string): Uint8Array {
  const compact = /\s/.test(text) ? text.replace(/\s+/g, '') : text
  if (!/^[\w+/-]*={0,2}$/.test(compact) || compact.replace(/=+$/, '').length % 4 === 1)
    return refuseValue(blame, 'is the content of a file and is not base64')
  return Buffer.from(compact, 'base64')
}
