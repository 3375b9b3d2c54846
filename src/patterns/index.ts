export { createPattern, PatternLimit, patternEngine } from './bounded-pattern.ts'
