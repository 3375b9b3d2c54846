import type { Command, Option } from 'commander'
import { buildProgram, commandExamples } from '../../src/cli/program/program.ts'
import type { Generator } from './generator.ts'

/** The reference page of the command line: commands from their declarations, rules of all of them from here. */
export const cliReference: Generator = {
  path: 'docs/reference/cli.md',
  async generate() {
    const program = buildProgram('0.0.0', async () => undefined)
    const commands = program.commands.map((command) => commandText(command))
    return [introduction(program), ...commands, rules].join('\n')
  },
}

function introduction(program: Command): string {
  return `<!-- Made from src/cli/program/ by scripts/generate.ts; change those, then run \`npm run generate\`. -->
# The command line

\`npx mainspring <command>\` in a clone, after \`npm ci\`. ${program.description()}

Options of every command:

${optionTable(program.options)}
`
}

function commandText(command: Command): string {
  const args = command.registeredArguments.map((argument) => {
    const shown = `${argument.name()}${argument.variadic ? '...' : ''}`
    return ` ${argument.required ? `<${shown}>` : `[${shown}]`}`
  })
  const options = command.options.length === 0 ? '' : `\n${optionTable(command.options)}\n`
  const argumentLines = command.registeredArguments.map(
    (argument) => `- \`${argument.name()}\`: ${argument.description}`,
  )
  const argumentText = argumentLines.length === 0 ? '' : `\n${argumentLines.join('\n')}\n`
  const examples = commandExamples(command).map((example) => example.replace(/^mainspring/, 'npx mainspring'))
  return `## ${command.name()}

\`mainspring ${command.name()}${args.join('')}\`

${command.description()}
${argumentText}${options}
\`\`\`sh
${examples.join('\n').replaceAll('| mainspring', '| npx mainspring')}
\`\`\`
`
}

function optionTable(options: readonly Option[]): string {
  const rows = options.map(({ flags, description, argChoices, defaultValue }) => {
    const choices =
      argChoices === undefined ? '' : ` One of ${argChoices.map((choice) => `\`${choice}\``).join(', ')}.`
    const fallback = defaultValue === undefined ? '' : ` Default: ${String(defaultValue)}.`
    return `| \`${flags}\` | ${cell(`${capitalised(description)}.${choices}${fallback}`)} |`
  })
  return ['| Option | Meaning |', '|---|---|', ...rows].join('\n')
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Angle brackets outside of code would be read as HTML. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}

const rules = `## Inputs

\`--input name=value\` gives one input; \`--inputs <file>\` gives all as one JSON object, and \`--inputs -\` reads it from
standard input. Both may be combined; \`--input\` wins. A value takes the declared type of its input: a number is a number
as JSON writes it, a boolean is \`true\` or \`false\`, a list or an object is JSON, everything else is text as it stands.
Nothing else is coerced, and everything that is wrong is told at once. To send \`null\`, use \`--inputs\`.

## Credentials

Never an argument, since arguments are seen by every process of the machine. Taken from the first of these:

1. \`--credentials <file>\`: a flat JSON object with the fields of the connector, such as
   \`{"firmName": "…", "apiKey": "…", "apiSecret": "…", "firmServiceKey": "…"}\`;
2. with \`--sandbox\`, those of the sandbox's first firm;
3. the environment: \`MAINSPRING_<CONNECTOR>_<FIELD>\`, for Clockwork \`MAINSPRING_CLOCKWORK_FIRM_NAME\`,
   \`MAINSPRING_CLOCKWORK_API_KEY\`, \`MAINSPRING_CLOCKWORK_API_SECRET\`, \`MAINSPRING_CLOCKWORK_FIRM_SERVICE_KEY\`;
4. a hidden prompt for what is still missing, where standard input is a terminal.

\`explain\` does without: what is missing stands as \`<name>\`. Whatever is printed passes a last mask that replaces the
secrets of the call by \`***\`, wherever a provider may echo them.

## Where a call goes

To the base URL of the definition; with \`--origin\` to that scheme, host and port instead, on loopback only; with
\`--sandbox\` to the sandbox that listens on 127.0.0.1:4100, or to one that is started for this run alone. Standard error
says which.

## Output

Data goes to standard output, everything else to standard error.

| \`--out\` | What is printed |
|---|---|
| \`json\` | \`{"data": …, "next": …}\`; \`next\` is null at the end. Indented on a terminal, one line otherwise. With \`--all\` it is printed when the listing is complete, or not at all. |
| \`ndjson\` | A row a line, as the pages arrive, at the pace of the reader; memory stays flat however long the listing is. |
| \`csv\` | A header and a line a row, streamed like \`ndjson\`. Columns are the keys of the first 1,000 rows in the order they appear; a key first seen later has no column, and standard error names it. Nested values are JSON; null is empty. A text that a spreadsheet would run as a formula (it begins with \`=\`, \`+\`, \`-\`, \`@\`, a tab or a carriage return, and is no number or phone number) gets an apostrophe in front: use \`json\` or \`ndjson\` for exact text. |
| \`table\` | As many columns as the terminal is wide, plain ones first; standard error names the others. |

One run of a listing gives one page; standard error says how to get the next one. \`--all\` goes to the end. \`--limit N\`
pages until there are N rows; its \`next\` goes on exactly behind the last one. Where the provider counts pages, the page
size has to stay, so \`next\` is there only where N is a multiple of it.

\`--trace\` tells on standard error what happens as it happens: steps, requests and answers with their headers (secrets
masked), pages, retries. With \`--json\` each event is one line of JSON.

\`explain --as http\` prints a file that HTTP clients of editors run, with the line of the definition behind each part as a
comment; \`curl\` prints one command a request, to run once the masked values are filled in; \`har\` is HAR 1.2; \`json\` is
\`{"requests": […]}\`.

## Errors

An error is \`error[code] message\` with the provider's words, status, request id and a hint; with \`--json\` it is one line
\`{"error": {"code", "message", "hint", "retryable", …}}\`. [errors.md](errors.md) explains each code.

| Exit code | Meaning |
|---|---|
| 0 | Done. Also for \`sandbox\` and \`start\` when Ctrl-C ends them, and when the reader of the output goes away. |
| 1 | The run failed: unknown action, refused input, missing credentials, an error of the provider; \`lint\` found an error. |
| 2 | Wrong use: unknown command or option, bad value of an option, a file that cannot be used. |
| 130, 143 | Ended by Ctrl-C, or by a request to end (SIGTERM). |
`
