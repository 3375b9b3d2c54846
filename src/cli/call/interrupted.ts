/** The person pressed Ctrl-C at a question. Nothing was sent, and there is nothing to tell. */
export class Interrupted extends Error {}
