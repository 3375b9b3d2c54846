type Method = (args: readonly unknown[]) => unknown

/** What a filter may call on a text. None changes anything, and none makes a text much longer than those it got. */
const textMethods = new Set([
  'at',
  'charAt',
  'charCodeAt',
  'codePointAt',
  'endsWith',
  'includes',
  'indexOf',
  'lastIndexOf',
  'localeCompare',
  'match',
  'search',
  'slice',
  'split',
  'startsWith',
  'substr',
  'substring',
  'toLowerCase',
  'toString',
  'toUpperCase',
  'trim',
  'trimEnd',
  'trimStart',
])

const listMethods = new Set(['at', 'includes', 'indexOf', 'join', 'lastIndexOf', 'slice', 'toString'])
const scalarMethods = new Set(['toFixed', 'toString'])
const patternMethods = new Set(['exec', 'test'])

/** The methods that apply a pattern to a text. */
export const matchingMethods: ReadonlySet<string> = new Set(['match', 'search', 'split', 'exec', 'test'])

/** The method of that name that a filter may call on `receiver`; undefined where there is none. */
export function filterMethod(receiver: unknown, name: string): Method | undefined {
  const allowed = methodsOf(receiver)
  if (allowed === undefined || !allowed.has(name)) return undefined
  const method: unknown = (receiver as Record<string, unknown>)[name]
  return typeof method === 'function' ? (args) => method.apply(receiver, [...args]) : undefined
}

function methodsOf(receiver: unknown): ReadonlySet<string> | undefined {
  if (typeof receiver === 'string') return textMethods
  if (typeof receiver === 'number' || typeof receiver === 'boolean') return scalarMethods
  if (Array.isArray(receiver)) return listMethods
  return receiver instanceof RegExp ? patternMethods : undefined
}
