import { compileConnector, loadConnector } from '../../../src/index.ts'
import { type ConnectorPlan, sampleInputs } from '../../../src/plan/index.ts'
import { fuzzCanary } from '../fuzz-subject.ts'

/** An action with all that a call of it needs. */
export interface CalledPlan {
  readonly plan: ConnectorPlan
  readonly id: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly credentials: Readonly<Record<string, string>>
}

const clockwork = {
  firmName: 'acme',
  apiKey: fuzzCanary,
  apiSecret: fuzzCanary,
  firmServiceKey: fuzzCanary,
}
const credentials: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  clockwork,
  workday: { host: 'a.workday.com', tenant: 'acme', username: 'u', password: fuzzCanary },
  dropbox: { accessToken: fuzzCanary },
  lever: { apiKey: fuzzCanary },
  linear: { apiKey: fuzzCanary, accessToken: fuzzCanary },
}

/** Compiles the connectors of actions named `clockwork list_people`, and gives each action inputs that it takes. */
export async function calledPlans(names: readonly string[]): Promise<readonly CalledPlan[]> {
  const plans = new Map<string, ConnectorPlan>()
  const called: CalledPlan[] = []
  for (const name of names) {
    const [connector = '', id = ''] = name.split(' ')
    const plan = plans.get(connector) ?? (await planOf(connector))
    plans.set(connector, plan)
    const action = plan.actionsById[id]
    if (action === undefined) throw new Error(`There is no ${name}.`)
    called.push({ plan, id, inputs: sampleInputs(action), credentials: credentials[connector] ?? {} })
  }
  return called
}

async function planOf(connector: string): Promise<ConnectorPlan> {
  const { model } = await loadConnector(`connectors/${connector}`)
  if (model === null) throw new Error(`The connector ${connector} does not load.`)
  return compileConnector(model)
}
