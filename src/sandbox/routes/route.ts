import type { Firm } from '../data/firm.ts'
import type { Person } from '../data/records.ts'
import type { PageFault } from '../paging.ts'
import type { QueryReader } from '../query-reader.ts'
import { notFound } from '../refusal.ts'
import type { Reply } from '../reply.ts'
import { WriteFields } from '../write-fields.ts'

/** Which of the envelopes that the sheet calls possible the sandbox answers with. */
export type Envelopes = 'pattern' | 'alternative'

export interface RouteSettings {
  readonly envelopes: Envelopes
  /** Whether `GET /people` carries `meta.total`: "perhaps". */
  readonly peopleMeta: boolean
  /** Whether candidacies carry `meta.total`: "perhaps". */
  readonly candidaciesMeta: boolean
}

/** An authenticated request on its way to a route. */
export class Call {
  readonly firm: Firm
  readonly params: Readonly<Record<string, string>>
  readonly query: QueryReader
  readonly body: unknown
  readonly now: number
  readonly settings: RouteSettings
  readonly pageFault: PageFault
  #fields: WriteFields | null = null

  constructor(given: Omit<Call, 'fields' | 'personIndex' | 'editPerson' | 'person' | 'ignored'>) {
    this.firm = given.firm
    this.params = given.params
    this.query = given.query
    this.body = given.body
    this.now = given.now
    this.settings = given.settings
    this.pageFault = given.pageFault
  }

  fields(wrapper: string | null): WriteFields {
    this.#fields = new WriteFields(this.body, wrapper)
    return this.#fields
  }

  /** @throws {Refusal} 404 */
  personIndex(): number {
    const index = this.firm.people.indexOf(this.params['personId'] ?? '')
    if (index === -1) throw notFound()
    return index
  }

  person(): Person {
    return this.firm.people.at(this.personIndex())
  }

  /** The person of the path, marked as updated now. Only for a write that has passed its checks. */
  editPerson(): Person {
    return this.firm.editPerson(this.personIndex(), this.now)
  }

  /** Names of query values and body fields that nothing has read. */
  ignored(): string[] {
    return [...this.query.unread(), ...(this.#fields?.unread() ?? [])]
  }
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/v3.0/<firm_name>`; `:name` stands for one segment. */
  readonly path: string
  /** How well the endpoint is known: A to E, see the reference page. */
  readonly evidence: 'A' | 'B' | 'C' | 'D' | 'E'
  /** A listing that is read in pages, so that paging faults mean something. */
  readonly paged?: true
  handle(call: Call): Reply
}
