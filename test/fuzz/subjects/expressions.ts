import fc from 'fast-check'
import { compileExpression } from '../../../src/expression/index.ts'
import { expressionContexts, expressionTexts } from '../../expression/expression-texts.ts'
import { expectCoded } from '../expect-coded.ts'
import type { FuzzSubject } from '../fuzz-subject.ts'

/** Expressions over any data: a value, or an error with its place. */
export const expressions: FuzzSubject = {
  name: 'expressions',
  share: 0.4,
  async open() {
    return {
      property: fc.property(
        expressionTexts,
        expressionContexts,
        fc.boolean(),
        (text, context, incrementalPath) => {
          try {
            compileExpression(text, { incrementalPath }).evaluate(context)
          } catch (error) {
            expectCoded(error)
          }
        },
      ),
    }
  },
}
