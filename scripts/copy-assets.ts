// What the compiler does not carry over: stylesheets and pictures of the hub's pages.
import { cpSync } from 'node:fs'

const from = new URL('../src/hub/pages/assets/css/', import.meta.url)
const to = new URL('../dist/hub/pages/assets/css/', import.meta.url)
cpSync(from, to, { recursive: true })
