import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { repository } from '../cli/run-cli.ts'

interface WorkflowStep {
  readonly id?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}
interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly WorkflowStep[] }>>
}

const action: { readonly inputs: object; readonly outputs: object } = parse(
  readFileSync(join(repository, 'action.yml'), 'utf8'),
)
const workflows = globSync('.github/workflows/*.yml', { cwd: repository }).map(
  (file) => [file, readFileSync(join(repository, file), 'utf8')] as const,
)
/** The how-to shows people a workflow of their own. */
const guide = readFileSync(join(repository, 'docs/how-to/lint-in-pull-requests.md'), 'utf8')
const shown = /```yaml\n(name: connectors\n[\s\S]*?)```/.exec(guide)?.[1] ?? ''
const all = [...workflows, ['the workflow of the how-to', shown]] as const

function isOurs({ uses = '' }: WorkflowStep): boolean {
  return uses === './' || uses.startsWith('OWNER/mainspring@')
}

test('our own connectors are checked by our own action', () => {
  const uses = workflows.flatMap(([, text]) =>
    Object.values((parse(text) as Workflow).jobs).flatMap(({ steps }) =>
      steps.filter((step) => step.uses === './'),
    ),
  )
  expect(uses).toHaveLength(1)
  expect(uses[0]?.with).toMatchObject({ paths: 'connectors' })
})

describe.each(all)('%s', (_, text) => {
  const jobs = Object.values((parse(text) as Workflow).jobs)

  test('gives the action inputs that it has', () => {
    for (const step of jobs.flatMap(({ steps }) => steps.filter(isOurs)))
      for (const name of Object.keys(step.with ?? {})) expect(Object.keys(action.inputs)).toContain(name)
  })

  test('reads outputs that it has', () => {
    for (const { steps } of jobs)
      for (const { id } of steps.filter(isOurs)) {
        const read = [...text.matchAll(new RegExp(`steps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))]
        for (const [, name = ''] of read) expect(Object.keys(action.outputs)).toContain(name)
      }
  })

  test('fetches what the comparison needs before it', () => {
    for (const { steps } of jobs) {
      const at = steps.findIndex(isOurs)
      if (at < 0) continue
      const checkout = steps.slice(0, at).find(({ uses }) => uses?.startsWith('actions/checkout@'))
      expect(checkout?.with).toMatchObject({ 'fetch-depth': 0 })
    }
  })
})
