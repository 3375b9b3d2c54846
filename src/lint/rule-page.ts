import type { RuleExample } from './rule.ts'
import type { DocumentedRule } from './rule-codes.ts'

/** The page of a rule, as `docs/rules/` and `mainspring lint --explain` show it. */
export function rulePage({ code, severity, title, why, remedy, bad, good }: DocumentedRule): string {
  return [
    `# ${code}`,
    `**${title}.** ${why}`,
    `*Level:* ${severity}${code.startsWith('lint/') ? '' : ', found when the definition is loaded'}`,
    `*How to fix it:* ${remedy}`,
    '## Found',
    exampleText(bad),
    '## Passes',
    exampleText(good),
    ...(code.startsWith('lint/') ? ['## Turning it off', turningOff(code)] : []),
  ].join('\n\n')
}

const partNames: Readonly<Record<RuleExample['part'], string>> = {
  connector: 'In a connector file',
  method: 'In an authentication method',
  field: 'A field of `configFields`',
  action: 'In an action',
  input: 'An input',
  step: 'A step',
  parameters: 'In the parameters of a request',
  arg: 'An argument of a request',
}

function exampleText({ part, yaml, files = {}, other }: RuleExample): string {
  const shown = yaml.length > 600 ? `${yaml.slice(0, 120)}…` : yaml
  const blocks = [`${partNames[part]}:`, fence('yaml', shown)]
  for (const [name, text] of Object.entries(files))
    blocks.push(`With the file \`${name}\`:`, fence(name.endsWith('.json') ? 'json' : 'yaml', text.trimEnd()))
  if (other !== undefined) blocks.push('Beside another connector:', fence('yaml', other))
  return blocks.join('\n\n')
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}

function turningOff(code: string): string {
  return [
    'For one line, with a reason:',
    fence('yaml', `# mainspring-disable-next-line ${code} -- Why it does not apply here.`),
    'For a project, in `mainspring.config.yaml`:',
    fence('yaml', `rules:\n  ${code}: off`),
  ].join('\n\n')
}
