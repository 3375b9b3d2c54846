import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'

export const undocumentedObject = defineRule({
  code: 'lint/undocumented-object',
  severity: 'info',
  title: 'An object whose properties nobody knows',
  why: 'A caller who gives an object needs the names of its properties. Without them an agent invents some, and the provider ignores or refuses them.',
  remedy: 'List the `properties`, or name them in the description with an example.',
  bad: { part: 'input', yaml: 'name: address\ntype: object\nin: body\ndescription: Where the person lives.' },
  good: {
    part: 'input',
    yaml: 'name: address\ntype: object\nin: body\ndescription: Where the person lives.\nproperties:\n  - {name: city, type: string, description: Name of the city.}',
  },
  visit: {
    input({ map, name, type, description = '' }, report) {
      if (type !== 'object' || !lacksKey(map, 'properties', ['required', 'description'])) return
      if (
        /example|e\.g\.|\{|fields?\b.*\(|includ|such as|:|\(.+,.+\)/i.test(description) ||
        /custom|metadata|filter/i.test(name)
      )
        return
      report(firstLine(map), { message: `Nothing says what the object "${name}" may hold.` })
    },
  },
})
