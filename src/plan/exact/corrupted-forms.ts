/**
 * What may be left of a secret after the original's interpolation has read `$$`, `$&`, `` $` `` and `$'` in it as
 * replacement patterns: those pieces are as secret as the whole.
 */
export function corruptedForms(secret: string): readonly string[] {
  if (!/\$[$&`']/.test(secret)) return []
  const pieces = ['']
  for (const [part] of secret.matchAll(/\$[$&`']|[^$]+|\$/g)) {
    const inserts = /^\$[&`']$/.test(part)
    if (inserts) pieces.push('')
    else pieces.push(`${pieces.pop() ?? ''}${part === '$$' ? '$' : part}`)
  }
  return pieces.filter((piece) => piece !== '')
}
