import { defineRule } from '../../rule.ts'
import { entryOf } from '../../view/read-tree.ts'

export const propertiesWithoutObject = defineRule({
  code: 'lint/properties-without-object',
  severity: 'error',
  title: 'Properties of something that is no object',
  why: 'A text or number has no properties: callers who follow them are refused.',
  remedy: 'Write `type: object`, or remove the properties.',
  bad: {
    part: 'input',
    yaml: 'name: address\ntype: string\nin: body\ndescription: Where the person lives.\nproperties:\n  - {name: city, type: string, description: City.}',
  },
  good: {
    part: 'input',
    yaml: 'name: address\ntype: object\nin: body\ndescription: Where the person lives.\nproperties:\n  - {name: city, type: string, description: City.}',
  },
  visit: {
    input({ map, name, type }, report) {
      const properties = entryOf(map, 'properties')
      if (properties === undefined || type === undefined || type === 'object') return
      report(entryOf(map, 'type')?.value ?? properties.key, {
        message: `"${name}" has properties and is of type ${type}.`,
        related: [{ message: 'Its properties.', at: properties.key }],
      })
    },
  },
})
