/** Values by the keys of the connector's fields. */
export type Credentials = Readonly<Record<string, string>>
