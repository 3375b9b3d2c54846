/** A token of a program; `start` and `end` count in the program's own text. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean; readonly quoted: boolean }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'operator'; readonly operator: BinaryOperator }
  | { readonly kind: 'mark'; readonly mark: Mark }
  | { readonly kind: 'end' }
)

export type Mark = '!' | '.' | '[' | ']' | '(' | ')' | '{' | '}' | ':' | ',' | '?' | '|'

export type BinaryOperator =
  | '^'
  | '%'
  | '*'
  | '/'
  | '//'
  | '+'
  | '-'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | '&&'
  | '||'
  | '??'

/** How tightly each operator binds. Equal ones go left to right, `&&` and `||` included. */
export const precedences: Readonly<Record<BinaryOperator, number>> = {
  '^': 50,
  '%': 50,
  '*': 40,
  '/': 40,
  '//': 40,
  '+': 30,
  '-': 30,
  '==': 20,
  '!=': 20,
  '<': 20,
  '<=': 20,
  '>': 20,
  '>=': 20,
  in: 20,
  '&&': 10,
  '||': 10,
  '??': 0,
}
