import type { StepFunction } from './step-compiler.ts'

/** Version 1 of a function whose version 2 is the one in use: it runs, and gives no output. */
export function legacyStep(name: string): StepFunction {
  return {
    name,
    versions: ['1'],
    compile({ functionName, at, compiler }) {
      compiler.report(
        'definition/no-effect',
        `Version 1 of ${name} gives no output, as in the original.`,
        [...at.slice(0, -1), 'functionName'],
        { severity: 'warning', hint: `Write \`version: "2"\` beside \`functionName: ${name}\`.` },
      )
      return { kind: 'pure', functionName, run: () => ({}) }
    },
  }
}
