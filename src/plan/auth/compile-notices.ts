import { isRecord } from '../../http/index.ts'
import type { FormNotice } from '../connector-plan.ts'

/** Compiles `configNotices` or `setupNotices`; undefined where there are none. A notice without text says nothing. */
export function compileNotices(list: unknown): readonly FormNotice[] | undefined {
  const notices = (Array.isArray(list) ? list : []).filter(isRecord).flatMap((notice): FormNotice[] => {
    const { key, type, description, position, anchor } = notice
    if (typeof description !== 'string') return []
    return [
      {
        ...(typeof key === 'string' ? { key } : {}),
        type: type === 'warning' ? 'warning' : 'info',
        description,
        position: position === 'bottom' ? 'bottom' : 'top',
        ...(typeof anchor === 'string' ? { anchor } : {}),
      },
    ]
  })
  return notices.length === 0 ? undefined : notices
}
