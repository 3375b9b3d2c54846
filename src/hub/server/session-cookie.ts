/** The name of the dashboard's cookie. */
export const sessionCookie = 'mainspring_session'
