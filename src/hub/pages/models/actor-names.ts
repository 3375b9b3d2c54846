import type { HubServices } from '../../services.ts'

/** What a person reads for `key:<id>` and the like. */
export async function actorNames(
  { keys }: Pick<HubServices, 'keys'>,
  projectId: string,
): Promise<(actor: string) => string> {
  const names = new Map((await keys.list(projectId)).map(({ id, name }) => [`key:${id}`, name]))
  return (actor) => {
    const name = names.get(actor)
    if (name !== undefined) return `Key “${name}”`
    if (actor.startsWith('login:')) return 'Somebody signed in'
    if (actor.startsWith('connect:')) return 'An end user, at a connect session'
    if (actor.startsWith('operator:')) return `${actor.slice('operator:'.length)}, at the command line`
    return actor === 'system' ? 'The hub itself' : actor
  }
}
