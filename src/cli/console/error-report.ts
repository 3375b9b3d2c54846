import { CliError, ConfirmationNeededError, DefinitionError, MainspringError } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { Console } from './console.ts'
import { findingsReport } from './findings-report.ts'
import { visibleLine, visibleText } from './visible-text.ts'

/** 0 done, 1 the run failed, 2 wrong use, 130 and 143 ended by a signal. */
export const exitCodes = { done: 0, failed: 1, usage: 2, SIGINT: 130, SIGTERM: 143 } as const

/** Any thrown value as an error of ours; of a foreign one only the class is told, since its message can hold anything. */
export function asMainspringError(thrown: unknown): MainspringError {
  if (thrown instanceof MainspringError) return thrown
  const what = thrown instanceof Error ? `${thrown.name} at ${placeOf(thrown)}` : typeof thrown
  return new MainspringError('internal/bug', { message: `Something failed that should not: ${what}.` })
}

export function exitCodeOf(error: MainspringError): number {
  return error instanceof CliError && error.code.startsWith('cli/') ? exitCodes.usage : exitCodes.failed
}

/** Tells an error on standard error: `{"error": …}` on one line with `--json`, otherwise for a person. */
export async function reportError(
  context: Pick<CommandContext, 'console' | 'io' | 'rooms'>,
  error: MainspringError,
): Promise<void> {
  const { console } = context
  if (console.json) return console.report({ error: error.toJSON() })
  const found = error instanceof DefinitionError ? error.diagnostics : []
  const frames = found.length === 0 ? '' : `${await findingsReport(context, found, 'stderr')}\n`
  await console.printError(frames + errorText(console, error))
}

function errorText(console: Console, error: MainspringError): string {
  const head = console.style(['bold', 'red'], `error[${error.code}]`, 'stderr')
  const facts: readonly (readonly [label: string, value: unknown])[] = [
    ['provider said', error.providerMessage],
    ['status', error.status],
    ['request id', error.requestId],
    ['wait', error.retryAfterMs === undefined ? undefined : `${error.retryAfterMs / 1000} s`],
    ['rows delivered', error.rowsDelivered],
    ['bytes sent', error.bytesSent],
    ['hint', error.hint],
    ...(error instanceof ConfirmationNeededError
      ? ([
          ['would send', error.confirmation.requests.join(', then ')],
          ['confirm', `${error.confirmation.token} (until ${error.confirmation.expiresAt})`],
        ] as const)
      : []),
  ]
  const lines = facts
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([label, value]) => `  ${console.style('dim', `${label}:`, 'stderr')} ${visibleLine(String(value))}`)
  return `${[`${head} ${visibleText(error.message)}`, ...lines].join('\n')}\n`
}

function placeOf(error: Error): string {
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))
  return frame?.trim().replace(/^at /, '') ?? 'an unknown place'
}
