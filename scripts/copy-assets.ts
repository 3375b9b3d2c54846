// What the compiler does not carry over: stylesheets of pages.
import { cpSync } from 'node:fs'

const from = new URL('../src/ui/css/', import.meta.url)
const to = new URL('../dist/ui/css/', import.meta.url)
cpSync(from, to, { recursive: true })
