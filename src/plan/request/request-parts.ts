import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { RunContext } from '../run-context.ts'
import { type ArgumentPlan, placedValue } from './compile-arguments.ts'
import { partName, type RequestPart } from './request-part.ts'
import type { RequestEnvironment } from './request-plan.ts'

/** Finds the arguments that are sent in one state of a run; of several values of a header the last. */
export function compileArgumentParts(
  args: readonly ArgumentPlan[],
  compiler: Compiler,
): (context: RunContext) => readonly RequestPart[] {
  const locations = args.map((arg) => compiler.locate(arg.at))
  return (context) => {
    const sent = args.flatMap((given, index) => {
      const arg = given.resolve?.(context) ?? given
      const location = locations[index]
      if (location === undefined || placedValue(arg, context) === undefined) return []
      return [{ arg, part: arg.spread || arg.inline ? 'body' : partName(arg.in, arg.name), location }]
    })
    return sent
      .filter(
        ({ arg, part }, index) =>
          arg.in !== 'headers' || !sent.slice(index + 1).some((later) => later.part === part),
      )
      .map(({ part, location }) => ({ part, location }))
  }
}

/** The declared parts of an authorization that it adds to a request. */
export function authorizationParts(
  { apply, sources }: RequestEnvironment['authorization'],
  context: RunContext,
): readonly RequestPart[] {
  const { headers, query } = apply(context)
  const added = new Set([
    ...headers.map(({ name }) => partName('headers', name)),
    ...query.map(({ name }) => partName('query', name)),
  ])
  return sources.filter(({ part }) => added.has(part))
}

/** Parts that only one place of the definition can give. */
export function fixedParts(
  places: Readonly<Record<string, DefinitionPath>>,
  compiler: Compiler,
): readonly RequestPart[] {
  return Object.entries(places).map(([part, at]) => ({ part, location: compiler.locate(at) }))
}
