import type { StepResult } from '../../step-plan.ts'

/** What can be wrong with one field, as known when the mapping is compiled. */
export interface FieldFault {
  readonly code: 'field/undefined' | 'field/failed'
  readonly message: string
  readonly place: number
}

/** The faults of a mapping. Each has a place, so that counting them over many rows makes no garbage. */
export class FieldFaults {
  readonly #faults: FieldFault[] = []

  add(code: FieldFault['code'], message: string): FieldFault {
    const fault = { code, message, place: this.#faults.length }
    this.#faults.push(fault)
    return fault
  }

  /** A count for one run. */
  startCount(): FieldErrors {
    return new FieldErrors(this.#faults)
  }
}

/** How often each fault was met in one run of a mapping. The step succeeds all the same. */
export class FieldErrors {
  readonly #faults: readonly FieldFault[]
  readonly #counts: number[]

  constructor(faults: readonly FieldFault[]) {
    this.#faults = faults
    this.#counts = new Array<number>(faults.length).fill(0)
  }

  count({ place }: FieldFault): void {
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
  }

  /** One entry a fault that was met, however many records met it; nothing where none was. */
  toEntries(records: number): Pick<StepResult, 'errors'> {
    const errors = this.#faults.flatMap(({ code, message, place }) => {
      const count = this.#counts[place] ?? 0
      if (count === 0) return []
      return [
        { code, message: records === 1 ? message : `${message} ${count} time(s) in ${records} records.` },
      ]
    })
    return errors.length === 0 ? {} : { errors }
  }
}
