/** How many may be under way at a time. */
export class Slots {
  readonly most: number
  taken = 0

  constructor(most: number) {
    this.most = most
  }

  get isFree(): boolean {
    return this.taken < this.most
  }
}
