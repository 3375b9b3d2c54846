import type { FuzzSubject } from '../fuzz-subject.ts'
import { definitions } from './definitions.ts'
import { expressions } from './expressions.ts'
import { hubRequests } from './hub-requests.ts'
import { inputs } from './inputs.ts'
import { responses } from './responses.ts'

/** The shares add up to 1. */
export const fuzzSubjects: readonly FuzzSubject[] = [definitions, expressions, inputs, responses, hubRequests]
