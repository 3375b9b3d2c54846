/** The person pressed Ctrl-C while the command waited for them. Nothing was sent, and there is nothing to tell. */
export class Interrupted extends Error {}
