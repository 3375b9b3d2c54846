import { getHeapStatistics } from 'node:v8'

const megabyte = 1024 * 1024
/** V8 doubled and doubled again what it keeps for young objects; Node 22 has 12, Node 24 has 13. */
const hasLargeYoung = Number.parseInt(process.versions.v8, 10) >= 13
/**
 * The limit that V8 tells counts the space of young objects in, and the process ends when old ones have used up the
 * rest: of a limit of 704 MB, at 512. A share of the whole would never be reached before.
 */
const youngBytes = (hasLargeYoung ? 192 : 48) * megabyte
/** Left to what is under way: a share of the heap, and in a small one enough for a few calls. */
const reservedShare = 0.08
const leastReserved = 24 * megabyte

/** Whether the heap is nearly used up. Asked at every request: it costs less than a microsecond. */
export function isHeapShort(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  const old = limit - youngBytes
  return used > old - Math.max(old * reservedShare, leastReserved)
}
