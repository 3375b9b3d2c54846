/** Names an account to the engine, for budgets and renewals: linking, runs and renewals of it are one account's. */
export function accountKey(projectId: string, accountId: string): string {
  return `${projectId}/${accountId}`
}

/** The account's id; undefined where the account is of another project, or named by none. */
export function accountIdOf(key: string | undefined, projectId: string): string | undefined {
  return key?.startsWith(`${projectId}/`) ? key.slice(projectId.length + 1) : undefined
}
