import { differences } from '../../../src/plan/exact/differences.ts'
import type { Generator } from '../generator.ts'

/** The page of deliberate differences. */
export const differencesReference: Generator = {
  path: 'docs/reference/differences.md',
  generate() {
    const sections = Object.entries(differences).map(([code, { title, original, ours, why, exact }]) =>
      [
        `## ${code}`,
        `**${title}.**`,
        `*The original:* ${original}`,
        `*Here:* ${ours} ${why}`,
        exact ? '`compat: exact` brings the original back.' : 'The same with `compat: exact`.',
      ].join('\n\n'),
    )
    return `${[intro, ...sections].join('\n\n')}\n`
  },
}

const intro = `# Differences from the original runtime

<!-- Made from src/plan/exact/differences.ts by scripts/generate.ts. -->

Definitions of the published format run here with the semantics their authors saw: mapping, conditions, paging and results
are the same. Where safety or plain sense demands it, Mainspring does something else. \`explain\` names such places of
a request in its \`notes\`. Who needs the old behaviour bit by bit writes

\`\`\`yaml
x-mainspring: { compat: exact }
\`\`\`

at the connector or at one action; \`compat: safe\` at an action takes it out again. The authentication of a connector is in
the mode of the connector. How the expression language differs stands on
[its own page](expression-differences.md).

## What loading refuses

A definition is refused, with every place at fault, for what nothing can run:

- text that is no YAML, neither file by file nor with the partials put in; a key twice in a map; a partial that is missing,
  refers to itself or lies outside the folder; more than the limits of size allow
- a missing \`StackOne\`, \`info.title\`, \`info.key\`, \`info.version\`, \`actions\`, \`actionId\`, \`steps\`, \`url\`, \`method\`
- two actions, or two steps of an action, with one id: the original keeps one of them, and which one its author meant
  cannot be told
- an unknown step function or version; a method in capitals; an arg \`in: path\`; an unknown key within an arg, response,
  customErrors, authorization or field: the original throws on each
- a \`baseUrl\`, \`url\` or authorization whose expression does not parse: the request cannot be made
- an unknown key of \`x-mainspring\`, or an expression there that does not parse: these are ours

## What loading only warns of

What the original tolerates loads and runs, with a warning: an unknown key anywhere else (it has no effect), a former name,
a value of the wrong type whose meaning is plain (\`version: 2\`, \`required: "true"\`, \`categories: crm\`), a key without
value, a word that has no meaning in its place (a type of input, a place of an input, an actionType), an expression that does not parse
(it comes to null, as in the original), a partial with a wrapper where a list is meant, files that are YAML only together.

## Differences

Each has a code, which notes of \`explain\` carry.`
