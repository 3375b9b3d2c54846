/** The records of a firm as the sandbox keeps them; `views.ts` says how the API shows them. Times are epoch milliseconds. */
export interface Named {
  readonly id: string
  readonly name: string
}

export interface Located {
  readonly id: string
  readonly locationTypeId: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Email extends Located {
  readonly address: string
}

export interface Phone extends Located {
  readonly digits: string
  readonly extension: string | null
}

export interface Address extends Located {
  readonly street: string | null
  readonly street2: string | null
  readonly city: string
  readonly state: string
  readonly postalCode: string | null
  readonly country: string | null
  readonly regionId: string | null
}

export interface LinkedinUrl {
  readonly id: string
  readonly url: string
}

export interface WorkPosition {
  readonly id: string
  readonly title: string | null
  readonly company: Named | null
  readonly startMonth: number | null
  readonly startYear: number | null
  readonly endMonth: number | null
  readonly endYear: number | null
}

export interface PersonTag {
  readonly id: string
  readonly tag: Named
}

export interface Compensation {
  readonly id: string
  readonly startYear: number
  readonly salary: number
  readonly bonus: number
  readonly bonusType: string
  readonly equity: string
  readonly currencyId: string
}

export interface Note {
  readonly id: string
  readonly type: string
  content: string
  readonly createdAt: number
  updatedAt: number
}

/** What `GET /people` shows: made without the rest, since listings can be a million rows long. */
export interface PersonCore {
  readonly id: string
  readonly name: string
  readonly firstName: string
  readonly lastName: string
  readonly createdAt: number
  updatedAt: number
}

export interface Person extends PersonCore {
  readonly nickName: string | null
  readonly assistantName: string
  readonly biography: string | null
  readonly skypeName: string | null
  readonly doNotContact: boolean
  readonly noRelocation: boolean
  /** Set on service accounts. */
  readonly userId: string | null
  readonly emails: Email[]
  readonly phones: Phone[]
  readonly addresses: Address[]
  readonly linkedinUrls: LinkedinUrl[]
  readonly positions: WorkPosition[]
  readonly tags: PersonTag[]
  readonly schools: readonly Named[]
  readonly compensation: readonly Compensation[]
  readonly notes: Note[]
}

export interface Project extends Named {
  readonly type: string
  readonly company: Named
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Candidacy {
  readonly id: string
  readonly projectId: string
  readonly personId: string
  readonly createdUserId: string
  readonly createdAt: number
  statusId: string
  rank: number
  stoplightStatus: string | null
  colorCategory: string | null
  assessmentNoteId: string | null
  nextStepsNoteId: string | null
  overviewNoteId: string | null
  updatedAt: number
}

export interface Webhook {
  readonly id: string
  readonly hookUrl: string
}
