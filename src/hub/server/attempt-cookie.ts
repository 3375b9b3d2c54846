/** Binds an authorization at a provider to the browser that has begun it. */
export const attemptCookie = 'mainspring_attempt'

export function attemptCookieOptions(baseUrl: string) {
  return {
    path: '/connect',
    httpOnly: true,
    sameSite: 'lax',
    secure: baseUrl.startsWith('https:'),
    maxAge: 15 * 60,
  } as const
}
