import { execFile } from 'node:child_process'
import { HubError } from '../hub-error.ts'
import type { KeyRing } from './key-ring.ts'
import { parseMasterKeys } from './master-key-file.ts'

const timeoutMs = 30_000
const maxBytes = 65_536

/**
 * Has a program give the master keys, such as the client of a key management service: what it prints is read like a key
 * file. It runs without a shell, and what it prints is told nowhere.
 *
 * @throws {HubError} `hub/master-key-unusable`
 */
export function runKeyCommand([program = '', ...args]: readonly string[]): Promise<KeyRing> {
  return new Promise((resolve, reject) => {
    const options = { timeout: timeoutMs, maxBuffer: maxBytes, windowsHide: true }
    const child = execFile(program, args, options, (error, stdout) => {
      if (error !== null) {
        const why =
          error.code === 'ENOENT'
            ? 'is not there'
            : error.killed === true
              ? `did not end within ${timeoutMs / 1000} s`
              : `ended with ${error.code ?? error.signal ?? 'a failure'}`
        reject(
          new HubError('hub/master-key-unusable', { message: `The master key command ${program} ${why}.` }),
        )
        return
      }
      try {
        resolve(parseMasterKeys(stdout, `that ${program} prints`))
      } catch (failure) {
        reject(failure as Error)
      }
    })
    child.stdin?.end()
  })
}
