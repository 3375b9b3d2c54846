import type { Evaluate } from './evaluate.ts'
import { operators } from './operators.ts'
import type { BinaryOperator } from './token.ts'

/**
 * An operator between two sides. The common ones stand here as they are, so that each is a function of its own: one
 * that calls whatever operator it is given stays slow for all of them.
 */
export function compileBinary(
  operator: Exclude<BinaryOperator, '+'>,
  left: Evaluate,
  right: Evaluate,
): Evaluate {
  switch (operator) {
    case '&&':
      return (root, row) => left(root, row) && right(root, row)
    case '||':
      return (root, row) => left(root, row) || right(root, row)
    case '==':
      // biome-ignore lint/suspicious/noDoubleEquals: the language compares loosely
      return (root, row) => left(root, row) == right(root, row)
    case '!=':
      // biome-ignore lint/suspicious/noDoubleEquals: the language compares loosely
      return (root, row) => left(root, row) != right(root, row)
    case '<':
      return (root, row) => (left(root, row) as number) < (right(root, row) as number)
    case '>':
      return (root, row) => (left(root, row) as number) > (right(root, row) as number)
    case '??':
      return (root, row) => {
        const value = left(root, row)
        const otherwise = right(root, row)
        return value === null || value === undefined || value === '' ? otherwise : value
      }
    default: {
      const apply = operators[operator]
      return (root, row) => apply(left(root, row), right(root, row))
    }
  }
}

/** An operator with a constant on its right, such as `status == "active"`; undefined where nothing is gained. */
export function compileComparison(
  operator: BinaryOperator,
  left: Evaluate,
  constant: string | number | boolean,
): Evaluate | undefined {
  switch (operator) {
    case '==':
      // biome-ignore lint/suspicious/noDoubleEquals: the language compares loosely
      return (root, row) => left(root, row) == constant
    case '!=':
      // biome-ignore lint/suspicious/noDoubleEquals: the language compares loosely
      return (root, row) => left(root, row) != constant
    case '<':
      return (root, row) => (left(root, row) as number) < (constant as number)
    case '>':
      return (root, row) => (left(root, row) as number) > (constant as number)
    default:
      return undefined
  }
}
