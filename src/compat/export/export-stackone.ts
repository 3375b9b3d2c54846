import { stringify } from 'yaml'
import type { ConnectorModel } from '../../definition/index.ts'
import { lowerConnector } from './lower-connector.ts'

/** A connector as one file of the published format. */
export interface ExportedConnector {
  /** `clockwork_v1-0-0.s1.yaml`, as the format names single files. */
  readonly fileName: string
  readonly text: string
  readonly losses: readonly string[]
}

export function exportStackOne(model: ConnectorModel): ExportedConnector {
  const { definition, losses } = lowerConnector(model)
  const version = String((model.definition as { info?: { version?: string } }).info?.version ?? '1.0.0')
  return {
    fileName: `${model.key}_v${version.replaceAll('.', '-')}.s1.yaml`,
    text: stringify(definition, { lineWidth: 0, aliasDuplicateObjects: false }),
    losses: [...new Set(losses)],
  }
}
