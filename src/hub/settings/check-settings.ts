import { HubError } from '../hub-error.ts'
import type { ProjectSettings } from './project-settings.ts'

const maxNameLength = 80
const maxLogoLength = 200_000
const maxOrigins = 50

type Rule = (value: unknown) => string | null

/** Why a value cannot be; null where it can. */
const rules: { readonly [Key in keyof ProjectSettings]: Rule } = {
  hubName: (value) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= maxNameLength
      ? null
      : `has to be a text of at most ${maxNameLength} characters`,
  logoUrl: (value) =>
    value === null || (typeof value === 'string' && value.length <= maxLogoLength && isImageAddress(value))
      ? null
      : 'has to be an https address or a data URL of a PNG, JPEG, WebP or SVG image',
  accentColor: colour,
  accentColorDark: colour,
  hideHubSections: (value) => (typeof value === 'boolean' ? null : 'has to be true or false'),
  allowedOrigins: (value) =>
    Array.isArray(value) && value.length <= maxOrigins && value.every(isOrigin)
      ? null
      : `has to be a list of at most ${maxOrigins} origins such as https://app.example.com`,
}

/** @throws {HubError} `hub/invalid-request` */
export function checkSettings(changes: Partial<ProjectSettings>): Partial<ProjectSettings> {
  const problems = Object.entries(changes).flatMap(([key, value]) => {
    const rule = Object.hasOwn(rules, key) ? rules[key as keyof ProjectSettings] : undefined
    const why = rule === undefined ? 'is no setting' : rule(value)
    return why === null ? [] : [`${key} ${why}`]
  })
  if (problems.length > 0)
    throw new HubError('hub/invalid-request', { message: `The settings cannot be: ${problems.join('; ')}.` })
  return changes
}

function colour(value: unknown): string | null {
  return value === null || (typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value))
    ? null
    : 'has to be a colour such as #0a7d5a'
}

function isImageAddress(value: string): boolean {
  if (/^data:image\/(?:png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/.test(value)) return true
  return URL.canParse(value) && new URL(value).protocol === 'https:'
}

function isOrigin(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    URL.canParse(value) &&
    /^https?:$/.test(new URL(value).protocol) &&
    new URL(value).origin === value
  )
}
