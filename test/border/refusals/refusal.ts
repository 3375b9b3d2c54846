import type { runAction } from '../../../src/engine/index.ts'
import type { ErrorCode } from '../../../src/errors/index.ts'
import type { PreparedRequest } from '../../../src/http/index.ts'
import type { ConnectorPlan } from '../../../src/plan/index.ts'
import type { Exchange } from '../../../src/transport/index.ts'
import { oneAction, planOf, requestStep } from '../../contract/plan-of.ts'

/** One thing that somebody hostile may try, where it enters, and what becomes of it. */
export interface Refusal<Example = unknown> {
  readonly what: string
  readonly examples: readonly Example[]
  /** The error's code; or, for what is harmless as data, how it is sent. */
  readonly comesTo: ErrorCode | { readonly harmless: string }
  /** Requests that had to go out before there was anything to refuse; 0 where it is left out. */
  readonly sentBefore?: number
  /** Makes the attempt; of what is sent, gives what the provider sees of it. */
  attempt(world: World, example: Example): Promise<unknown>
  /** What the provider has to see, where it is sent. */
  seen?(example: Example): unknown
}

/** Attempts that enter by the same place. */
export interface Entrance {
  readonly title: string
  readonly about: string
  readonly refusals: readonly Refusal[]
}

/** A provider that counts what is sent to it. */
export interface World {
  readonly sent: PreparedRequest[]
  /** What the provider answers; an empty object otherwise. */
  answer: (request: PreparedRequest) => Partial<Exchange>
  /** Lets requests to other hosts than `api.acme.test` go through the real client. */
  reachesOthers: boolean
  run(
    plan: ConnectorPlan,
    options?: Omit<Parameters<typeof runAction>[2] & object, 'transport'>,
  ): Promise<unknown>
  /** Sends to an address as a connector would, through the real client, with this answer of DNS. */
  reach(url: string, addresses?: readonly string[], trusted?: boolean): Promise<unknown>
  /** Runs a command. @throws its error */
  command(...args: readonly string[]): Promise<unknown>
  /** Posts JSON to a hub, as it is written. @throws its error */
  post(path: string, json: string): Promise<unknown>
  /** Reads the text of a hub's configuration file. */
  readConfig(text: string): Promise<unknown>
}

/** Keeps the examples of a row and its functions of one type. */
export function refusal<Example>(row: Refusal<Example>): Refusal {
  return row
}

/** A connector with one action. */
export function actionPlan(
  step: string,
  { inputs = '', baseUrl, fields = '', ...parts }: Readonly<Record<string, string>> = {},
): ConnectorPlan {
  const text = oneAction({ inputs: `[${inputs}]`, steps: step, ...parts })
  return planOf(
    (baseUrl === undefined ? text : text.replace('https://api.acme.test/v1', baseUrl)).replace(
      'configFields: [',
      `configFields: [${fields}`,
    ),
  )
}

export { requestStep }

/** An input of the name, as text unless it says otherwise. */
export function input(name: string, type = 'string', more = ''): string {
  return `{ name: ${name}, type: ${type}, required: false, description: An input${more} },`
}
