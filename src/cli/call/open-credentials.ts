import type { RunOptions } from '../../engine/index.ts'
import type { AuthenticationPlan, ConnectorPlan } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { Credentials } from './credentials.ts'
import { fileCredentials } from './file-credentials.ts'
import { findCredentials } from './read-credentials.ts'

/** The credentials of a command, for what it sends and for what it only shows. */
export interface OpenedCredentials {
  /** For runs: tokens that come from a file are renewed, and written back to it. */
  readonly credentials: NonNullable<RunOptions['credentials']>
  /** Plain, as they were last read or renewed: for an explanation. */
  current(): Credentials
}

/** Those of the file, else of the target, else of the environment or the person. */
export async function openCredentials(
  context: CommandContext,
  connector: ConnectorPlan,
  authentication: AuthenticationPlan | undefined,
  from: {
    readonly file: { readonly path: string; readonly given: Credentials } | undefined
    readonly target: Credentials | undefined
  },
): Promise<OpenedCredentials> {
  const { file, target } = from
  let current = file?.given ?? target ?? (await findCredentials(context, connector, authentication))
  hideSecrets(context, authentication, current)
  const source =
    file === undefined
      ? undefined
      : fileCredentials(context, file.path, authentication, file.given, (renewed) => {
          current = renewed
          hideSecrets(context, authentication, renewed)
        })
  return { credentials: source ?? current, current: () => current }
}

/** As given and as the connector reads them: both forms could turn up in an output. */
export function hideSecrets(
  { console }: CommandContext,
  authentication: AuthenticationPlan | undefined,
  credentials: Credentials,
): void {
  const open = new Set(
    [...(authentication?.configFields ?? []), ...(authentication?.setupFields ?? [])].flatMap(
      ({ key, secret }) => (secret ? [] : [key]),
    ),
  )
  const asGiven = Object.entries(credentials).flatMap(([key, value]) => (open.has(key) ? [] : [value]))
  console.mask.add([...asGiven, ...(authentication?.checkCredentials(credentials).secretValues ?? [])])
}
