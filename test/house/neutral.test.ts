import { globSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from '@jest/globals'
import { tourConnector } from '../../src/cli/tour/tour-connector.ts'

const root = new URL('../../', import.meta.url).pathname
const connectors = readdirSync(`${root}connectors`)

test('the command line names a connector in one place, and as examples of its help', () => {
  const naming = globSync('src/cli/**/*.ts', { cwd: root }).filter((file) => {
    const text = readFileSync(`${root}${file}`, 'utf8').toLowerCase()
    // An example such as "sandbox lever" stands in the help alone.
    return connectors.some((key) => text.includes(key)) && !file.startsWith('src/cli/program/')
  })
  expect(naming.map((file) => basename(file))).toEqual(['tour-connector.ts'])
})

test('the examples of the help take the connector of the tour from there', () => {
  const naming = globSync('src/cli/program/*.ts', { cwd: root }).filter((file) =>
    readFileSync(`${root}${file}`, 'utf8').toLowerCase().includes(tourConnector.key),
  )
  expect(naming).toEqual([])
})
