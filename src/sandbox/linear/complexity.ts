import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql'

/**
 * What a query costs, as Linear documents it: a tenth of a point a field, a point an object, and the contents of a
 * connection as often as rows are asked for; rounded up.
 */
export function complexityOf(document: DocumentNode, variables: Readonly<Record<string, unknown>>): number {
  let points = 0
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) points += costOf(definition.selectionSet, variables)
  return Math.ceil(points)
}

function costOf({ selections }: SelectionSetNode, variables: Readonly<Record<string, unknown>>): number {
  let points = 0
  for (const field of selections) {
    if (field.kind !== Kind.FIELD) continue
    if (field.selectionSet === undefined) points += 0.1
    else {
      const isConnection = field.selectionSet.selections.some(
        (inner) => inner.kind === Kind.FIELD && inner.name.value === 'nodes',
      )
      const first = field.arguments?.find(({ name }) => name.value === 'first')?.value
      const asked =
        first?.kind === Kind.VARIABLE
          ? Number(variables[first.name.value] ?? 50)
          : first?.kind === Kind.INT
            ? Number(first.value)
            : 50
      points += (1 + costOf(field.selectionSet, variables)) * (isConnection ? asked : 1)
    }
  }
  return points
}
