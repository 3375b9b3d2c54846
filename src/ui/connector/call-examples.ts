import type { ActionSummary } from '../../catalog/index.ts'
import { writeExactJson } from '../../http/index.ts'
import type { CallExample } from './action-view.ts'

type ExampleAction = Pick<ActionSummary, 'id' | 'qualifiedId' | 'stage' | 'listing'>
type Inputs = Readonly<Record<string, unknown>>

/** The command that runs an action with these inputs. */
export function commandExample({ qualifiedId, stage }: ExampleAction, inputs: Inputs): CallExample {
  const text = [
    `mainspring run ${qualifiedId}`,
    ...Object.entries(inputs).map(([name, value]) => `--input ${shellQuote(`${name}=${asText(value)}`)}`),
    ...(stage === 'preview' ? ['--preview'] : []),
  ].join(' \\\n  ')
  return { name: 'CLI', text }
}

/** The same call by the library, on a plan that was compiled before. */
export function libraryExample({ id, stage, listing }: ExampleAction, inputs: Inputs): CallExample {
  const options = [
    'credentials',
    ...(Object.keys(inputs).length === 0 ? [] : [`inputs: ${JSON.stringify(inputs, null, 2)}`]),
    ...(stage === 'preview' ? ['allowPreview: true'] : []),
  ]
  const inside = options.some((option) => option.includes('\n'))
    ? `{\n${options.map((option) => `  ${option.replaceAll('\n', '\n  ')},\n`).join('')}}`
    : `{ ${options.join(', ')} }`
  const text =
    listing === undefined
      ? `const { data } = await runAction(plan, '${id}', ${inside})`
      : `for await (const row of iterateAction(plan, '${id}', ${inside})) console.log(row)`
  return { name: 'TypeScript', text }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : writeExactJson(value)
}

function shellQuote(text: string): string {
  return /^[\w=.,:/@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
