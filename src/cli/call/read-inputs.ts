import { InputError, type InputProblem } from '../../errors/index.ts'
import type { ActionPlan, InputPlan } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { CallOptions } from '../program/call-commands.ts'
import { parseJson, readJsonObject } from './read-json-file.ts'

/**
 * The inputs of `--inputs` and `--input`, the latter winning. A text takes the declared type of its input; one that
 * cannot is refused together with all else that is wrong with the inputs. An undeclared name stays a text, for the
 * action to refuse.
 *
 * @param files - the inputs that are files: there, and not to be judged as texts
 * @throws {CliError} `cli/file`: the file of `--inputs`
 * @throws {InputError} all problems at once
 */
export async function readInputs(
  context: CommandContext,
  action: ActionPlan,
  options: Pick<CallOptions, 'input' | 'inputs'>,
  files: Readonly<Record<string, unknown>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const inputs: Record<string, unknown> = Object.create(null)
  if (options.inputs !== undefined) {
    Object.assign(inputs, await readJsonObject(context, options.inputs, '--inputs'))
  }
  const problems: InputProblem[] = []
  for (const { name, text } of options.input ?? []) {
    const declared = action.inputs.find((input) => input.name === name)
    const parsed = parseInput(text, declared)
    if ('value' in parsed) inputs[name] = parsed.value
    else {
      delete inputs[name]
      problems.push({ code: 'input/invalid', name, message: `Input "${name}" ${parsed.expected}` })
    }
  }
  if (problems.length > 0) {
    const told = new Set([...problems.map(({ name }) => name), ...Object.keys(files)])
    const others = action.checkInputs({ ...inputs }).filter(({ name }) => !told.has(name))
    throw new InputError([...problems, ...others], { action: action.qualifiedId })
  }
  return { ...inputs }
}

type ParsedInput = { readonly value: unknown } | { readonly expected: string }

/** The text of an argument as a value of the declared type. */
export function parseInput(text: string, declared: InputPlan | undefined): ParsedInput {
  if (declared?.array) return parseAsJson(text, 'must be a list in JSON, such as ["a","b"].')
  switch (declared?.type) {
    case 'object':
      return parseAsJson(text, 'must be a value in JSON, such as {"a":"b"}.')
    case 'number':
      return parseNumber(text)
    case 'boolean':
      if (text === 'true' || text === 'false') return { value: text === 'true' }
      return { expected: 'must be true or false.' }
    default:
      return { value: text }
  }
}

function parseAsJson(text: string, expected: string): ParsedInput {
  const value = parseJson(text)
  return value === undefined ? { expected } : { value }
}

function parseNumber(text: string): ParsedInput {
  const value = parseJson(text)
  const isNumber = typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))
  return isNumber ? { value } : { expected: 'must be a number.' }
}
