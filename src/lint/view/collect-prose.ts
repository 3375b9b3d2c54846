import type { SourceNode } from '../../definition/index.ts'
import type { ConnectorView, ProseView } from './connector-view.ts'

const kinds: Readonly<Record<string, ProseView['kind']>> = {
  label: 'label',
  title: 'label',
  description: 'description',
  details: 'details',
  instructions: 'details',
  text: 'guide',
  warning: 'guide',
  tooltip: 'other',
  placeholder: 'placeholder',
  errorMessage: 'other',
  exampleDescription: 'other',
  note: 'other',
  source: 'other',
}

/** Parts that hold data of the caller or the provider, not texts of the author. */
const skipped = new Set(['stepFunction', 'stepFunctions', 'result', 'authorization', 'fieldConfigs'])

/** Every text that people or agents read, in the order of the definition. */
export function collectProse(connector: ConnectorView): readonly ProseView[] {
  const found: ProseView[] = []
  const visit = (node: SourceNode): void => {
    if (node.kind === 'list') for (const item of node.items) visit(item)
    if (node.kind !== 'map') return
    for (const { name, value } of node.entries) {
      const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
      if (value.kind !== 'scalar') {
        if (!skipped.has(name)) visit(value)
      } else if (kind !== undefined && typeof value.value === 'string')
        found.push({ scalar: value, text: value.value, kind, connector })
    }
  }
  visit(connector.root)
  return found
}
