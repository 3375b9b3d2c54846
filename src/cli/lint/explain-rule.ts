import { CliError } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'

/**
 * Shows the page of a rule.
 *
 * @throws {CliError} `cli/usage`: there is no such rule
 */
export async function explainRule({ console, rooms }: CommandContext, code: string): Promise<number> {
  const { loadRuleTexts } = await rooms.lint()
  const { findRule, rulePage } = await loadRuleTexts()
  const found = findRule(code)
  if (!('rule' in found)) {
    throw new CliError('cli/usage', {
      message: `There is no rule "${code}".`,
      hint: found.meant === undefined ? 'docs/rules lists them all.' : `Did you mean ${found.meant}?`,
    })
  }
  const { rule } = found
  if (console.json) {
    const { severity, title, why, remedy, bad, good } = rule
    await console.printJson({ code: rule.code, severity, title, why, remedy, bad: bad.yaml, good: good.yaml })
  } else await console.print(`${rulePage(rule)}\n`)
  return 0
}
