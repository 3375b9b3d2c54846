import { type RestEmulator, RestRefusal, type RestReply, type RestRequest } from '../rest/rest-emulator.ts'
import { checkOrder, operations } from './operations.ts'
import { authenticationError, faultReply, xmlHeaders } from './soap-fault.ts'
import { childAt, envelope, parseMessage, writeElements, type XmlElement } from './soap-message.ts'
import { WorkdayTenant } from './tenant.ts'

export const workdayAccount = {
  tenant: 'sandbox',
  username: 'ISU_Mainspring@sandbox',
  password: 'workday-sandbox-password',
} as const

const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'
const securityNamespace = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
const workdayNamespace = 'urn:com.workday/bsvc'

/** Workday's web services without their sockets: SOAP that is parsed by its namespaces, behind a UsernameToken. */
export class WorkdayEmulator implements RestEmulator {
  readonly #people: number
  #tenant: WorkdayTenant
  #password: string = workdayAccount.password

  readonly controls = {
    /** `{password}`: the password that counts from now on. */
    password: (body: unknown) => {
      this.#password = String((body as { password?: unknown }).password)
    },
  }

  constructor(people = 230) {
    this.#people = people
    this.#tenant = new WorkdayTenant(people)
  }

  handle({ method, segments, body }: RestRequest): RestReply {
    const [ccx, kind, tenant, service = '', version, ...rest] = segments
    if (ccx !== 'ccx' || kind !== 'service' || version === undefined || rest.length > 0)
      return { status: 404, text: 'Not Found' }
    if (method !== 'POST') return { status: 405, text: 'Method Not Allowed', headers: { allow: 'POST' } }
    const root = parseMessage(body.toString('utf8'))
    if (root === undefined || root.name !== 'Envelope' || root.namespace !== soapNamespace)
      throw new RestRefusal(faultReply('Client', 'The message is no SOAP envelope.'))
    this.#authenticate(root, tenant ?? '')
    const [request] = childAt(root, 'Body')?.children ?? []
    return this.#carryOut(request, service, version)
  }

  rateLimited(retryAfter: string | null): RestReply {
    const headers = { ...xmlHeaders, ...(retryAfter === null ? {} : { 'retry-after': retryAfter }) }
    return { status: 429, headers, text: envelope('') }
  }

  secrets(): readonly string[] {
    return [workdayAccount.password, this.#password]
  }

  reset(): void {
    this.#tenant = new WorkdayTenant(this.#people)
    this.#password = workdayAccount.password
  }

  #authenticate(root: XmlElement, tenant: string): void {
    const security = childAt(root, 'Header', 'Security')
    const token = childAt(security, 'UsernameToken')
    const username = childAt(token, 'Username')?.text
    const password = childAt(token, 'Password')
    const isGood =
      security?.namespace === securityNamespace &&
      username === workdayAccount.username &&
      password?.text === this.#password &&
      password.attributes['Type']?.endsWith('#PasswordText') === true &&
      tenant === workdayAccount.tenant
    if (!isGood) throw authenticationError()
  }

  #carryOut(request: XmlElement | undefined, service: string, version: string): RestReply {
    const name = request?.name.replace(/_Request$/, '') ?? ''
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
    if (
      request === undefined ||
      request.namespace !== workdayNamespace ||
      operation?.service !== service ||
      !request.name.endsWith('_Request')
    )
      throw new RestRefusal(faultReply('Client', `The service ${service} has no such operation.`))
    checkOrder(request, operation.sequence)
    const content = operation.run(request, this.#tenant)
    const answer = `<wd:${name}_Response xmlns:wd="${workdayNamespace}" wd:version="${version}">${writeElements(content)}</wd:${name}_Response>`
    return { status: 200, headers: xmlHeaders, text: envelope(answer) }
  }
}
