import type { LinkingGuide } from '../../plan/index.ts'
import { notice } from '../components/notice.ts'
import { prose } from '../components/prose.ts'
import { type Html, html } from '../markup/index.ts'
import { fieldId } from './field-id.ts'

export interface GuideModel {
  readonly guide: LinkingGuide
  /** Leaves out the sections that speak of the hub itself. */
  readonly whiteLabel: boolean
  /** Fields by key, for the links to their inputs; a key that is not there is printed as text. */
  readonly fields: readonly { readonly key: string; readonly label: string }[]
  /** What the person will be asked to allow. */
  readonly scopes?: readonly string[]
  /** Whether the form stands on the same page. */
  readonly linked: boolean
}

type Section = LinkingGuide['sections'][number]
type Step = Section['steps'][number]

/** The guide of a connector: the warning first, then its sections with numbered steps. */
export function guideView(model: GuideModel): Html {
  const { guide, whiteLabel, scopes = [] } = model
  const sections = guide.sections.filter((section) => !(whiteLabel && section.hiddenUnderWhiteLabel === true))
  return html`<div class="guide">
${model.linked && html`<h2 class="visually-hidden">Where to find the values</h2>`}
${guide.warning !== undefined && notice('warning', 'Keep these safe', html`<p>${prose(guide.warning)}</p>`)}
${sections.map((section, index) => sectionView(section, index, model))}
${
  scopes.length > 0 &&
  html`<section class="guide-section"><h3>Scopes</h3><p>The credentials need these scopes:</p><p class="guide-scopes">${scopes.map((scope) => html`<code class="badge">${scope}</code>`)}</p></section>`
}
</div>`
}

function sectionView(section: Section, index: number, model: GuideModel): Html {
  return html`<section class="guide-section">
<h3>${section.title}</h3>
${section.text !== undefined && html`<p>${prose(section.text)}</p>`}
<ol class="guide-steps">${section.steps.map((step, at) => stepView(step, stepId(index, at), model))}</ol>
</section>`
}

function stepView(step: Step, id: string, { fields, linked }: GuideModel): Html {
  const named = (step.fields ?? []).flatMap((key) => fields.filter((field) => field.key === key))
  return html`<li class="guide-step" id="${id}">
<h4>${step.title}</h4>
<p>${prose(step.text)}</p>
${
  named.length > 0 &&
  html`<p class="guide-fields">${named.map((field) =>
    linked
      ? html`<a class="guide-field" href="#${fieldId(field.key)}">${field.label}</a>`
      : html`<span class="guide-field">${field.label}</span>`,
  )}</p>`
}
</li>`
}

function stepId(section: number, step: number): string {
  return `step-${section + 1}-${step + 1}`
}

/** The first step that speaks of each field: where a person finds it. */
export function stepOfField(guide: LinkingGuide | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [index, section] of (guide?.sections ?? []).entries())
    for (const [at, step] of section.steps.entries())
      for (const key of step.fields ?? []) if (!found.has(key)) found.set(key, stepId(index, at))
  return found
}
