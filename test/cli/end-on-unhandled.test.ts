import { EventEmitter } from 'node:events'
import { expect, test } from '@jest/globals'
import { endOnUnhandled } from '../../src/cli/end-on-unhandled.ts'

const canary = 'canary-7d1c-in-a-message'

test.each(['uncaughtException', 'unhandledRejection'])(
  '%s is told by its kind and place, without its message, and asks for the end once',
  (name) => {
    const source = new EventEmitter()
    const lines: string[] = []
    let ends = 0
    endOnUnhandled(
      source,
      (line) => lines.push(line),
      () => {
        ends += 1
      },
    )
    const error = new TypeError(`${canary}\n    at ${canary} with a line that looks like a place`)
    source.emit(name, error)
    source.emit(name, canary)
    source.emit(name, { secret: canary })
    expect(ends).toBe(1)
    expect(lines[0]).toMatch(new RegExp(`internal/bug: ${name} \\(TypeError\\).*\\n +at .*end-on-unhandled`))
    expect(lines[1]).toContain(`internal/bug: ${name} (string)`)
    expect(lines.join('')).not.toContain(canary)
  },
)
