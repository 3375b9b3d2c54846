/** How a key that is hidden is told from others; that of a key which the operator has chosen ends so already. */
export function keyBeginning({ prefix }: { readonly prefix: string }): string {
  return prefix.replace(/…?$/, '…')
}
