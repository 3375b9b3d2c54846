import { relative, sep } from 'node:path'

/** A file as seen from a folder, with slashes on every system. */
export function relativePath(file: string, folder: string): string {
  return relative(folder, file).split(sep).join('/') || '.'
}
