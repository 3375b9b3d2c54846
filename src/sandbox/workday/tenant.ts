import { createHash } from 'node:crypto'
import type { XmlData } from './soap-message.ts'

/** A record with the two ids that Workday gives everything: its WID and the one of its kind. */
export interface WorkdayRecord {
  readonly wid: string
  readonly id: string
}

export interface Candidate extends WorkdayRecord {
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly requisitions: readonly string[]
}

export interface Requisition extends WorkdayRecord {
  readonly title: string
  readonly openings: number
}

export interface Posting extends WorkdayRecord {
  readonly title: string
  readonly requisition: Requisition
  readonly active: boolean
}

export interface Worker extends WorkdayRecord {
  readonly firstName: string
  readonly lastName: string
}

const firstNames = ['Ines', 'Milan', 'Aiko', 'Kofi', 'Leila', 'Jonas', 'Mei', 'Rafael']
const lastNames = [
  'Okafor',
  'Lindgren',
  'Sato & Daughters',
  'Mensah',
  'Haddad',
  'Weber',
  'Chen',
  'Duarte',
  'Novak',
]
const titles = ['Nurse', 'Fitter <industrial>', 'Accountant', 'Driver', 'R&D Engineer']

/** Invented data of one tenant: the same each time, changed by what is written to it. */
export class WorkdayTenant {
  readonly candidates: Candidate[] = []
  readonly requisitions: readonly Requisition[]
  readonly postings: readonly Posting[]
  readonly workers: readonly Worker[]

  constructor(people: number) {
    this.requisitions = Array.from({ length: 12 }, (_, number) => {
      const id = `R-${String(number + 1).padStart(5, '0')}`
      return { id, wid: widOf(id), title: String(titles[number % titles.length]), openings: 1 + (number % 3) }
    })
    this.postings = this.requisitions.map((requisition, number) => {
      const id = `JOB_POSTING-3-${number + 1}`
      return { id, wid: widOf(id), title: requisition.title, requisition, active: number % 4 !== 3 }
    })
    this.workers = Array.from({ length: Math.ceil(people / 2) }, (_, number) => {
      const id = String(21_001 + number)
      return { id, wid: widOf(`W${id}`), ...nameOf(number * 3) }
    })
    for (let number = 0; number < people; number += 1) {
      const name = nameOf(number)
      const requisition = this.requisitions[number % 20]
      this.add(name, `candidate${number + 1}@example.com`, requisition === undefined ? [] : [requisition.id])
    }
  }

  add(
    name: Pick<Candidate, 'firstName' | 'lastName'>,
    email: string,
    requisitions: readonly string[],
  ): Candidate {
    const id = `C-${String(this.candidates.length + 1).padStart(5, '0')}`
    const candidate = { id, wid: widOf(id), ...name, email, requisitions }
    this.candidates.push(candidate)
    return candidate
  }
}

function nameOf(number: number) {
  return {
    firstName: String(firstNames[number % firstNames.length]),
    lastName: String(lastNames[(number * 2) % lastNames.length]),
  }
}

export function widOf(id: string): string {
  return createHash('md5').update(id).digest('hex')
}

export function referenceOf({ wid, id }: WorkdayRecord, type: string): XmlData {
  return {
    ID: [
      { _type: 'WID', '#': wid },
      { _type: type, '#': id },
    ],
  }
}

export function candidateView(candidate: Candidate): XmlData {
  return {
    Candidate_Reference: referenceOf(candidate, 'Candidate_ID'),
    Candidate_Data: {
      Candidate_ID: candidate.id,
      Name_Data: {
        Legal_Name: {
          Name_Detail_Data: { First_Name: candidate.firstName, Last_Name: candidate.lastName },
        },
      },
      Contact_Data: { Email_Address: candidate.email },
      ...(candidate.requisitions.length === 0
        ? {}
        : {
            Job_Application_Data: candidate.requisitions.map((id) => ({
              Job_Applied_To_Data: {
                Job_Requisition_Reference: referenceOf({ id, wid: widOf(id) }, 'Job_Requisition_ID'),
              },
            })),
          }),
    },
  }
}

export function requisitionView(requisition: Requisition): XmlData {
  return {
    Job_Requisition_Reference: referenceOf(requisition, 'Job_Requisition_ID'),
    Job_Requisition_Data: {
      Job_Requisition_ID: requisition.id,
      Job_Requisition_Detail_Data: {
        Job_Posting_Title: requisition.title,
        Number_of_Openings: requisition.openings,
      },
    },
  }
}

export function postingView(posting: Posting): XmlData {
  return {
    Job_Posting_Reference: referenceOf(posting, 'Job_Posting_ID'),
    Job_Posting_Data: {
      Job_Posting_Title: posting.title,
      Job_Requisition_Reference: referenceOf(posting.requisition, 'Job_Requisition_ID'),
    },
  }
}

export function workerView(worker: Worker): XmlData {
  return {
    Worker_Reference: referenceOf(worker, 'Employee_ID'),
    Worker_Data: {
      Worker_ID: worker.id,
      Personal_Data: {
        Name_Data: {
          Legal_Name_Data: { Name_Detail_Data: { First_Name: worker.firstName, Last_Name: worker.lastName } },
        },
      },
    },
  }
}
