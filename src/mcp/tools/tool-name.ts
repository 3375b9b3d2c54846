import { createHash } from 'node:crypto'
import type { ActionPlan } from '../../plan/index.ts'

const longest = 64

/** The action's full id; where no tool may be called that, a shortened one with a mark that keeps it apart. */
export function toolName({ qualifiedId }: ActionPlan): string {
  const safe = qualifiedId.replaceAll(/[^a-zA-Z0-9_-]/g, '_')
  if (safe === qualifiedId && safe.length <= longest) return safe
  const mark = createHash('sha256').update(qualifiedId).digest('hex').slice(0, 8)
  return `${safe.slice(0, longest - mark.length - 1)}_${mark}`
}
