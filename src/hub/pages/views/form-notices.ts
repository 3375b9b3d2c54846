import { type Html, notice } from '../../../ui/index.ts'

/** A warning or a note beside the fields of a form. */
export interface FormNotice {
  readonly type: 'warning' | 'info'
  readonly description: string
  readonly position: 'top' | 'bottom'
}

/** What a definition says beside the fields of a form. */
export function formNotices(notices: readonly FormNotice[] = [], position: 'top' | 'bottom'): Html[] {
  return notices.filter((one) => one.position === position).map((one) => notice(one.type, one.description))
}
