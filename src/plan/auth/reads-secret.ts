/** Whether what reads these paths (`credentials.apiKey`) is made of a secret. */
export function readsSecret(paths: readonly string[], isSecret: (credential: string) => boolean): boolean {
  return paths.some((path) => path.startsWith(root) && isSecret(path.slice(root.length)))
}

const root = 'credentials.'
