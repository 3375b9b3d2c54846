import type { FuzzSubject } from '../fuzz-subject.ts'
import { definitionTrees } from './definition-trees.ts'
import { definitions } from './definitions.ts'
import { expressions } from './expressions.ts'
import { hubRequests } from './hub-requests.ts'
import { inputs } from './inputs.ts'
import { responses } from './responses.ts'
import { wire } from './wire-answers.ts'

/** The shares add up to 1. */
export const fuzzSubjects: readonly FuzzSubject[] = [
  definitions,
  definitionTrees,
  expressions,
  inputs,
  responses,
  wire,
  hubRequests,
]
