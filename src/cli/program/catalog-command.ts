import { Argument } from 'commander'
import type { Declare } from './command-spec.ts'

export interface CatalogCommandOptions {
  readonly connectors?: string
  readonly out?: string
}

/** Serving many connectors without reading them all. */
export function declareCatalogCommand(declare: Declare): void {
  declare({
    usage: 'catalog',
    summary: 'build an index of many connectors',
    description:
      'Build the index of a folder of connectors: what lists, searches, documentation and agents need, with the hash of each definition. `--connectors <index>` then opens it in place of the folder, and reads a definition only to run it. The same files give the same index, byte for byte.',
    examples: [
      'mainspring catalog build connectors --out connectors.index.jsonl',
      'mainspring actions --connectors connectors.index.jsonl --search invoice',
    ],
  })
    .addArgument(new Argument('<task>', 'what to do').choices(['build']))
    .argument('[folder]', 'a folder of connectors (default: those of --connectors)')
    .requiredOption('--out <file>', 'the file to write, in place of an older index')
}
