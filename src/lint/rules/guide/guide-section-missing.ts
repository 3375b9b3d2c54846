import { firstLine } from '../../first-line.ts'
import { defineRule } from '../../rule.ts'
import { isTrue, itemsOf, mapsOf, memberOf } from '../../view/read-tree.ts'

export const guideSectionMissing = defineRule({
  code: 'lint/guide-section-missing',
  severity: 'warning',
  title: 'A guide without a section that everybody sees',
  why: 'Sections marked `hiddenUnderWhiteLabel` are left out where the page bears the name of another product. If no other is there, or one has no steps, the guide says nothing.',
  remedy: 'Add a section with the steps to find the values, that is not hidden.',
  bad: {
    part: 'method',
    yaml: 'x-mainspring:\n  guide:\n    title: Connect Acme\n    sections:\n      - title: Link the account\n        hiddenUnderWhiteLabel: true\n        steps: [{title: Fill in the form, text: Enter the key., fields: [apiKey]}]',
  },
  good: {
    part: 'method',
    yaml: 'x-mainspring:\n  guide:\n    title: Connect Acme\n    sections:\n      - title: Create a key\n        steps: [{title: Open the settings, text: Copy the key., fields: [apiKey]}]',
  },
  visit: {
    method({ guide }, report) {
      const list = memberOf(guide, 'sections')
      if (guide === undefined || list === undefined) return
      const sections = mapsOf(list)
      if (!sections.some((section) => !isTrue(memberOf(section, 'hiddenUnderWhiteLabel'))))
        report(firstLine(list.start === list.end ? guide : list), {
          message: 'Every section of the guide is hidden under white label.',
        })
      for (const section of sections) {
        const steps = memberOf(section, 'steps')
        if (steps?.kind === 'list' && itemsOf(steps).length === 0)
          report(firstLine(section), { message: 'This section has no steps.' })
      }
    },
  },
})
