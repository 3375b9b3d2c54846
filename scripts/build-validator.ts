// Has ajv write down what it makes of the schemas of the format: compiling them anew takes longer than most connectors do.
import { writeFileSync } from 'node:fs'
import standalone from 'ajv/dist/standalone/index.js'
import { compileFormat } from '../src/definition/validate/format-ajv.ts'

const { ajv, validate } = compileFormat({ source: true })
const to = new URL('../dist/definition/validate/built-validator.cjs', import.meta.url)
writeFileSync(to, standalone.default(ajv, validate))
