import { validationError } from './soap-fault.ts'
import { childAt, type XmlData, type XmlElement } from './soap-message.ts'
import {
  candidateView,
  postingView,
  referenceOf,
  requisitionView,
  type WorkdayRecord,
  type WorkdayTenant,
  widOf,
  workerView,
} from './tenant.ts'

type Content = { readonly [key: string]: XmlData | undefined }

export interface Operation {
  readonly service: string
  /** The elements of the request in the order that the WSDL gives them. */
  readonly sequence: readonly string[]
  run(request: XmlElement, tenant: WorkdayTenant): Content
}

const readSequence = ['Request_References', 'Request_Criteria', 'Response_Filter', 'Response_Group']
const largestPage = 999

/** What is understood, by the name of the operation. */
export const operations: Readonly<Record<string, Operation>> = {
  Get_Candidates: {
    service: 'Recruiting',
    sequence: readSequence,
    run(request, { candidates, requisitions }) {
      const wanted = referenced(request, 'Request_References', 'Candidate_Reference', candidates)
      const requisition = referenced(request, 'Request_Criteria', 'Job_Requisition_Reference', requisitions)
      const email = childAt(request, 'Request_Criteria', 'Candidate_Email_Address')?.text.toLowerCase()
      const found = candidates.filter(
        (candidate) =>
          (wanted === undefined || candidate === wanted) &&
          (email === undefined || candidate.email === email) &&
          (requisition === undefined || candidate.requisitions.includes(requisition.id)),
      )
      return listOf(request, 'Candidate', found, candidateView)
    },
  },
  Get_Job_Requisitions: {
    service: 'Recruiting',
    sequence: readSequence,
    run: (request, { requisitions }) => listOf(request, 'Job_Requisition', requisitions, requisitionView),
  },
  Get_Job_Postings: {
    service: 'Recruiting',
    sequence: readSequence,
    run(request, { postings }) {
      const onlyActive = /^(true|1)$/.test(
        childAt(request, 'Request_Criteria', 'Show_Only_Active_Job_Postings')?.text ?? '',
      )
      return listOf(
        request,
        'Job_Posting',
        postings.filter(({ active }) => active || !onlyActive),
        postingView,
      )
    },
  },
  Get_Workers: {
    service: 'Human_Resources',
    sequence: readSequence,
    run: (request, { workers }) => listOf(request, 'Worker', workers, workerView),
  },
  Put_Candidate: {
    service: 'Recruiting',
    sequence: ['Candidate_Reference', 'Candidate_Data'],
    run(request, tenant) {
      if (!/^(true|1)$/.test(request.attributes['Add_Only'] ?? ''))
        throw validationError('The sandbox adds candidates only: Add_Only is not true.')
      const data = childAt(request, 'Candidate_Data')
      const name = childAt(data, 'Name_Data', 'Legal_Name', 'Name_Detail_Data')
      const read = (field: string) => {
        const text = childAt(name, field)?.text.trim() ?? ''
        if (text === '')
          throw validationError(`The field ${field.replaceAll('_', ' ')} is required and must have a value.`)
        return text
      }
      if (childAt(name, 'Country_Reference', 'ID') === undefined)
        throw validationError('The field Country is required and must have a value.')
      const names = { firstName: read('First_Name'), lastName: read('Last_Name') }
      const email = childAt(data, 'Contact_Data', 'Email_Address')?.text.toLowerCase() ?? ''
      const applied = childAt(data, 'Job_Application_Data', 'Job_Applied_To_Data')
      const requisition =
        applied && referenced(applied, undefined, 'Job_Requisition_Reference', tenant.requisitions)
      const candidate = tenant.add(names, email, requisition === undefined ? [] : [requisition.id])
      const applicationId = `JOB_APPLICATION-${candidate.id}`
      return {
        Candidate_Reference: referenceOf(candidate, 'Candidate_ID'),
        ...(requisition === undefined
          ? {}
          : {
              Job_Application_Reference: referenceOf(
                { id: applicationId, wid: widOf(applicationId) },
                'Job_Application_ID',
              ),
            }),
      }
    },
  },
}

/** Elements have the order of the WSDL; another one is refused. */
export function checkOrder(element: XmlElement, sequence: readonly string[]): void {
  let last = -1
  for (const { name } of element.children) {
    const at = sequence.indexOf(name)
    if (at === -1 || at < last)
      throw validationError(`Element '${name}' is not expected in '${element.name}' here.`)
    last = at
  }
}

/** The record that a reference names; undefined where there is none. @throws {RestRefusal} an id that is not known */
function referenced<Row extends WorkdayRecord>(
  request: XmlElement,
  group: string | undefined,
  name: string,
  rows: readonly Row[],
): Row | undefined {
  const parent = group === undefined ? request : childAt(request, group)
  const id = childAt(parent, name, 'ID')
  if (id === undefined) return undefined
  const type = id.attributes['type'] ?? ''
  const found = rows.find((row) => (type === 'WID' ? row.wid : row.id) === id.text)
  if (found === undefined)
    throw validationError(`Invalid ID value.  '${id.text}' is not a valid ID value for type = '${type}'`)
  return found
}

function listOf<Row>(
  request: XmlElement,
  name: string,
  rows: readonly Row[],
  view: (row: Row) => XmlData,
): Content {
  const filter = childAt(request, 'Response_Filter')
  if (filter !== undefined)
    checkOrder(filter, ['As_Of_Effective_Date', 'As_Of_Entry_DateTime', 'Page', 'Count'])
  const page = numberOf(filter, 'Page', 1, Number.MAX_SAFE_INTEGER)
  const count = numberOf(filter, 'Count', 100, largestPage)
  const found = rows.slice((page - 1) * count, page * count)
  return {
    Response_Results: {
      Total_Results: rows.length,
      Total_Pages: Math.ceil(rows.length / count),
      Page_Results: found.length,
      Page: page,
    },
    // An answer without rows has no Response_Data at all.
    ...(found.length === 0 ? {} : { Response_Data: { [name]: found.map(view) } }),
  }
}

function numberOf(filter: XmlElement | undefined, name: string, fallback: number, most: number): number {
  const text = childAt(filter, name)?.text
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw validationError(`The value '${text}' of ${name} is not from 1 to ${most}.`)
  return value
}
