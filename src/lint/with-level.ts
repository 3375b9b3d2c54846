import type { Diagnostic } from '../errors/index.ts'
import type { LevelOf } from './level-of.ts'

/** Another level by configuration. An error of the definition itself stays one: the connector cannot be loaded. */
export function withLevel(diagnostic: Diagnostic, levelOf: LevelOf): readonly Diagnostic[] {
  const level = levelOf(diagnostic.code, diagnostic.location.file)
  if (level === undefined) return [diagnostic]
  if (!diagnostic.code.startsWith('lint/') && diagnostic.severity === 'error') return [diagnostic]
  return level === 'off' ? [] : [{ ...diagnostic, severity: level }]
}
