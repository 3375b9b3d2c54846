/** Names an account to the engine, for budgets and renewals: linking, runs and renewals of it are one account's. */
export function accountKey(projectId: string, accountId: string): string {
  return `${projectId}/${accountId}`
}

/** What {@link accountKey} was made of; undefined where it was not. Ids of projects hold no slash. */
export function splitAccountKey(
  key: string | undefined,
): { readonly projectId: string; readonly accountId: string } | undefined {
  const [, projectId, accountId] = /^([^/]+)\/(.+)$/.exec(key ?? '') ?? []
  return projectId === undefined || accountId === undefined ? undefined : { projectId, accountId }
}
