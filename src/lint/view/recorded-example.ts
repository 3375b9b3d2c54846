import type { SourceFile } from '../../definition/index.ts'

/** A recorded call of an action: what was asked, what was sent, what came back, and what the action gives for it. */
export interface RecordedExample {
  readonly actionId: string
  readonly file: SourceFile
  readonly inputs: Readonly<Record<string, unknown>>
  readonly request: ExampleRequest | undefined
  /** Body of the response; undefined where none is recorded. */
  readonly response: unknown
  readonly data: unknown
}

export interface ExampleRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** Undefined where the file is no such record. */
export function readExample(file: SourceFile, actionId: string): RecordedExample | undefined {
  const content = parse(file.text)
  if (!isRecord(content) || !isRecord(content['response'])) return undefined
  const request = isRecord(content['request']) ? content['request'] : undefined
  return {
    actionId,
    file,
    inputs: isRecord(content['inputs']) ? content['inputs'] : {},
    request: request && {
      method: String(request['method'] ?? ''),
      path: String(request['path'] ?? ''),
      query: isRecord(request['query']) ? request['query'] : {},
      body: request['body'],
    },
    response: content['response']['body'],
    data: content['data'],
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
