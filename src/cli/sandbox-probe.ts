const probeTimeoutMs = 1000

/** What a sandbox says of itself; undefined where nothing answers, or what answers is none. Only ever asked on loopback. */
export async function readSandboxInfo(url: string, signal: AbortSignal): Promise<unknown> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(probeTimeoutMs)])
    const response = await fetch(url, { redirect: 'error', signal: limit })
    return response.ok ? await response.json() : undefined
  } catch {
    return undefined
  }
}
