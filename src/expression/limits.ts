/**
 * What an expression may cost. A text beyond these is refused with `expression/limit`, when it is compiled where
 * that can be told from the text, else when it runs.
 */
export const expressionLimits = Object.freeze({
  /** UTF-16 units of a path, program or template; plain text has no limit. */
  maxTextLength: 100_000,
  /** Nodes of the syntax tree of one path, one program or one hole. */
  maxNodes: 2_000,
  /** Parentheses, brackets and branches within each other. */
  maxDepth: 100,
  /** Holes of one template. */
  maxHoles: 1_000,
  /** Characters of a regular expression in a path filter. */
  maxPatternLength: 200,
  /** Characters of a text that such a pattern is applied to. */
  maxMatchedTextLength: 10_000,
  /** Values that one evaluation may look at in wildcards, descents and filters. */
  maxVisits: 5_000_000,
  /** Levels of data that `..` goes down. */
  maxDataDepth: 1_000,
  /** Characters of a text that an evaluation makes. */
  maxOutputLength: 10_000_000,
})
