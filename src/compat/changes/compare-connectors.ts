import semver from 'semver'
import { type ConnectorModel, loadFormatSchema } from '../../definition/index.ts'
import type { Diagnostic } from '../../errors/index.ts'
import { type Change, compareClasses } from './change.ts'
import { compareValues, type Difference } from './compare-values.ts'
import { type Bump, isHighEnough, lowestVersion, requiredBump } from './version-bump.ts'

/** Two versions of a connector, compared as a caller sees them. */
export interface Comparison {
  readonly connector: string
  readonly from: string
  readonly to: string
  /** Breaking ones first, then in the order of the definition. */
  readonly changes: readonly Change[]
  /** What the changes require of `info.version`. */
  readonly bump: Bump
  /** The lowest version that is high enough. */
  readonly lowestVersion: string
  /** The version is too low for the changes, or cannot be compared. */
  readonly findings: readonly Diagnostic[]
}

export function compareConnectors(before: ConnectorModel, after: ConnectorModel): Comparison {
  const differences = compareValues(loadFormatSchema(), before.definition, after.definition, {
    before: [],
    after: [],
    crumbs: [],
    subject: 'Connector',
    inStepFunction: false,
  })
  const changes = differences
    .filter(({ subject }) => subject !== 'Info.version')
    .map((difference) => changeOf(difference, before, after))
    .sort((a, b) => compareClasses(a.class, b.class))
  const [from, to] = [String(before.definition.info.version), String(after.definition.info.version)]
  const bump = semver.valid(from) === null ? 'none' : requiredBump(changes[0]?.class, from)
  const lowest = semver.valid(from) === null ? to : lowestVersion(from, bump)
  return {
    connector: after.key,
    from,
    to,
    changes,
    bump,
    lowestVersion: lowest,
    findings: versionFindings({ from, to, bump, lowest, worst: changes[0] }, after),
  }
}

function changeOf(
  { crumbs, before, after, ...rest }: Difference,
  old: ConnectorModel,
  now: ConnectorModel,
): Change {
  const action = crumbs.find(({ definition }) => definition === 'Action')?.id
  return {
    code: rest.code,
    class: rest.class,
    message: rest.message,
    subject: rest.subject,
    ...(action === undefined ? {} : { action }),
    ...(before === undefined ? {} : { before: old.locate(before, 'key') }),
    ...(after === undefined ? {} : { after: now.locate(after, 'key') }),
  }
}

interface VersionStep {
  readonly from: string
  readonly to: string
  readonly bump: Bump
  readonly lowest: string
  readonly worst: Change | undefined
}

function versionFindings(
  { from, to, bump, lowest, worst }: VersionStep,
  model: ConnectorModel,
): Diagnostic[] {
  const enough = isHighEnough(from, to, bump)
  if (enough === true) return []
  const location = model.locate(['info', 'version'])
  const related = worst?.after === undefined ? [] : [{ message: worst.message, location: worst.after }]
  if (enough === undefined)
    return [
      {
        code: 'compat/version-unreadable',
        severity: 'error',
        message: `The versions ${from} and ${to} cannot be compared.`,
        hint: 'Write info.version as three numbers, such as 1.4.0.',
        location,
      },
    ]
  return [
    {
      code: 'compat/version-too-low',
      severity: 'error',
      message: `The changes since ${from} require at least version ${lowest}, and the file says ${to}.`,
      hint: `Set info.version to ${lowest}.`,
      location,
      ...(related.length > 0 ? { related } : {}),
      fix: {
        description: `Set the version to ${lowest}`,
        edits: [{ file: location.file, range: location.range, text: lowest }],
      },
    },
  ]
}
