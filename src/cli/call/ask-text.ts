import input from '@inquirer/input'
import select from '@inquirer/select'
import type { CommandContext } from '../command-context.ts'
import { openEnded } from './ask-credentials.ts'
import { Interrupted } from './interrupted.ts'

/** Asks for a line of text on standard error. @throws {Interrupted} the person gave up */
export function askText(
  context: CommandContext,
  message: string,
  prefilled: string,
  validate: (text: string) => true | string,
): Promise<string> {
  const question = { message: `${message}:`, default: prefilled, prefill: 'editable', validate } as const
  return answered(input(question, terminalOf(context)))
}

/** Asks for one of several. @throws {Interrupted} the person gave up */
export function askChoice<Value extends string>(
  context: CommandContext,
  message: string,
  choices: readonly Value[],
): Promise<Value> {
  return answered(select<Value>({ message, choices: [...choices] }, terminalOf(context)))
}

async function answered<Value>(question: Promise<Value>): Promise<Value> {
  try {
    return await question
  } catch {
    // It rejects for Ctrl-C, for a closed input and for the signal: nobody answers any more.
    throw new Interrupted()
  }
}

function terminalOf({ io }: CommandContext) {
  return { input: io.stdin, output: openEnded(io.stderr), signal: io.signal }
}
