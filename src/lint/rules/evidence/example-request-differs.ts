import type { SourceNode } from '../../../definition/index.ts'
import { MainspringError } from '../../../errors/index.ts'
import { compileConnector, type ExplainedRequest, explainAction } from '../../../plan/index.ts'
import { requestsOf } from '../../knowledge/effects.ts'
import { defineRule } from '../../rule.ts'
import { firstDifference } from '../../same-value.ts'
import type { ActionView, CallView, ConnectorView } from '../../view/connector-view.ts'
import { memberOf } from '../../view/read-tree.ts'
import type { ExampleRequest, RecordedExample } from '../../view/recorded-example.ts'

export const exampleRequestDiffers = defineRule({
  code: 'lint/example-request-differs',
  severity: 'error',
  title: 'An action that does not send what was recorded',
  why: 'A recorded call is what the provider is known to accept. Where the definition sends something else, one of the two is wrong.',
  remedy: 'Correct the definition; or record the call anew where it changed on purpose.',
  bad: {
    part: 'parameters',
    yaml: 'url: /persons/${inputs.person_id}',
    files: {
      'examples/get_person.json':
        '{"inputs":{"person_id":"7"},"request":{"method":"GET","path":"/people/7"},"response":{"status":200,"body":{"id":"7"}},"data":{"id":"7"}}',
    },
  },
  good: {
    part: 'parameters',
    yaml: 'url: /people/${inputs.person_id}',
    files: {
      'examples/get_person.json':
        '{"inputs":{"person_id":"7"},"request":{"method":"GET","path":"/people/7"},"response":{"status":200,"body":{"id":"7"}},"data":{"id":"7"}}',
    },
  },
  visit: {
    connector(connector, report) {
      for (const action of connector.actions) {
        const example = connector.examples.get(action.id)
        if (example?.request === undefined) continue
        const sent = explain(connector, example)
        if (sent === undefined) continue
        const call = requestsOf(action)[0]
        const related = [{ message: 'The recorded call.', at: { file: example.file, start: 0, end: 0 } }]
        if (typeof sent === 'string') {
          report(nodeOfInput(action, sent) ?? action.idNode, {
            message: `The recorded inputs of "${action.id}" are refused: ${sent}`,
            related,
          })
          continue
        }
        const found = difference(sent, example.request, call?.functionName.startsWith('upload_') === true)
        if (found !== undefined)
          report(placeOf(found, action, call), { message: `"${action.id}" ${found.message}`, related })
      }
    },
  },
})

/** The first request for the recorded inputs; a sentence where they are refused; undefined where it cannot be told. */
function explain({ model }: ConnectorView, example: RecordedExample): ExplainedRequest | string | undefined {
  if (model === null) return undefined
  try {
    const options = { inputs: example.inputs, allowPreview: true, allowWrites: true }
    return explainAction(compileConnector(model), example.actionId, options).requests[0]
  } catch (error) {
    if (!(error instanceof MainspringError)) return undefined
    return error.code.startsWith('input/') ? error.message : undefined
  }
}

interface Difference {
  readonly part: 'method' | 'path' | 'query' | 'body'
  /** Name of the parameter or first key of the body. */
  readonly name?: string
  readonly message: string
}

/** @param isUpload - the body is a file, of which an explanation shows no bytes */
function difference(
  sent: ExplainedRequest,
  recorded: ExampleRequest,
  isUpload: boolean,
): Difference | undefined {
  if (sent.method !== recorded.method.toUpperCase())
    return { part: 'method', message: `sends ${sent.method}, and ${recorded.method} was recorded.` }
  const [address = '', query = ''] = sent.url.split('?', 2)
  const path = address.replace(/^[a-z]+:\/\/[^/]*/i, '')
  const wanted = recorded.path.split('?')[0] ?? ''
  if (!samePath(path, wanted)) return { part: 'path', message: `calls ${path}, and ${wanted} was recorded.` }
  const parameters = new URLSearchParams(query)
  const recordedQuery = new Map(Object.entries(recorded.query).map(([name, value]) => [name, String(value)]))
  for (const name of new Set([...parameters.keys(), ...recordedQuery.keys()])) {
    const [is, was] = [parameters.get(name), recordedQuery.get(name)]
    if (is === (was ?? null)) continue
    if (was === undefined)
      return { part: 'query', name, message: `sends the query parameter "${name}", which was not recorded.` }
    return {
      part: 'query',
      name,
      message:
        is === null
          ? `does not send the query parameter "${name}".`
          : `sends ${name}=${is}, and ${was} was recorded.`,
    }
  }
  if (isUpload) return undefined
  const place = firstDifference(sent.body ?? undefined, recorded.body ?? undefined)
  if (place === undefined) return undefined
  return {
    part: 'body',
    name: place.split(/[.[]/)[0] ?? '',
    message:
      place === ''
        ? 'sends another body than was recorded.'
        : `sends another \`${place}\` in the body than was recorded.`,
  }
}

/** The path may stand below that of the base URL. */
function samePath(sent: string, recorded: string): boolean {
  return sent.endsWith(recorded) || decode(sent).endsWith(decode(recorded))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function placeOf({ part, name }: Difference, action: ActionView, call: CallView | undefined): SourceNode {
  if (call === undefined) return action.idNode
  if (part === 'method') return memberOf(call.parameters, 'method') ?? call.map
  if (part === 'path') return call.url ?? call.map
  const arg = call.args.find((one) => one.name === name) ?? call.args.find((one) => one.in === part)
  const paging = memberOf(call.step.extension, 'paging')
  return (
    (name !== undefined && arg?.name === name ? arg.nameNode : undefined) ??
    paging ??
    arg?.nameNode ??
    call.url ??
    call.map
  )
}

function nodeOfInput(action: ActionView, sentence: string): SourceNode | undefined {
  return action.inputs.find(({ name }) => sentence.includes(`"${name}"`))?.nameNode
}
