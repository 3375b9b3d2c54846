/**
 * The rules of one field of a form, as plain data: the server compiles them from the definition, the browser is sent
 * them with the page, and both check a value with the same code.
 */
export interface FieldRules {
  readonly label: string
  /** `text`, `password`, `text_area`, `select`, `number`; anything else is taken as text. */
  readonly type: string
  readonly required: boolean
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  /** A regular expression (flag `u`) for the whole value, and the sentence for a person who breaks it. */
  readonly validation?: { readonly pattern: string; readonly message?: string }
  readonly normalization: Normalization
}

/** What is forgiven before any rule is applied. */
export interface Normalization {
  /** Spaces around the value are dropped. */
  readonly trim?: boolean
  /** Capitals of ASCII become small letters. */
  readonly lowercase?: boolean
  /** A pasted `https://<label>.<domain>/…` of this domain becomes the label. */
  readonly subdomainOf?: string
}
