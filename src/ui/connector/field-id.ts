/** Id of the input of a field of the connect form; the guide links to it. */
export function fieldId(key: string): string {
  return `field-${key}`
}

/** Name of the input, apart from the form's own values. */
export function fieldName(key: string): string {
  return `field.${key}`
}
