/** `list_people` → `listPeople`: a property name that needs no quotes. */
export function camelCase(name: string): string {
  const joined = name
    .split(/[^A-Za-z0-9$]+/)
    .filter((word) => word !== '')
    .map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word)))
    .join('')
  return /^[A-Za-z_$]/.test(joined) ? joined : `_${joined}`
}

/** `list_people` → `ListPeople`. */
export function pascalCase(name: string): string {
  return upperFirst(camelCase(name))
}

/** A key of an object type, quoted where it has to be. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1)
}
