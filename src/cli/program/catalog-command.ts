import { Argument } from 'commander'
import type { Declare } from './command-spec.ts'

export interface CatalogCommandOptions {
  readonly connectors?: string
  readonly out?: string
  readonly html?: string
}

/** Serving many connectors without reading them all. */
export function declareCatalogCommand(declare: Declare): void {
  declare({
    usage: 'catalog',
    summary: 'build an index and a website of many connectors',
    description:
      'Build the index of a folder of connectors: what lists, searches, documentation and agents need, with the hash of each definition. `--connectors <index>` then opens it in place of the folder, and reads a definition only to run it. `--html` writes the same as a website: open its index.html from the disk, or put the folder on any server. The rules about connectors together, such as `lint/look-alike-tools`, run too. The same files give the same bytes; where a connector has an error, nothing is written.',
    examples: [
      'mainspring catalog build connectors --out connectors.index.jsonl',
      'mainspring catalog build connectors --html catalog',
      'mainspring actions --connectors connectors.index.jsonl --search invoice',
    ],
  })
    .addArgument(new Argument('<task>', 'what to do').choices(['build']))
    .argument('[folder]', 'a folder of connectors (default: those of --connectors)')
    .option('--out <file>', 'the index to write, in place of an older one')
    .option('--html <folder>', 'the folder of the website, in place of an older one')
}
