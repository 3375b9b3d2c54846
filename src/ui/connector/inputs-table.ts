import type { InputPlan } from '../../plan/index.ts'
import { prose } from '../components/prose.ts'
import { type Html, html } from '../markup/index.ts'

/** The inputs of an action; those inside an object stand under it by their whole path. */
export function inputsTable(inputs: readonly InputPlan[], label: string): Html {
  return html`<div class="table-scroll" tabindex="0" role="group" aria-label="${label}"><table class="inputs"><thead><tr><th scope="col">Input</th><th scope="col">Type</th><th scope="col">About</th></tr></thead><tbody>${rows(inputs, '')}</tbody></table></div>`
}

function rows(inputs: readonly InputPlan[], within: string): readonly Html[] {
  return inputs.flatMap((input) => {
    const path = `${within}${input.name}`
    const row = html`<tr><td><code>${path}</code>${input.required && html` <span class="badge badge-accent">required</span>`}</td><td class="soft">${typeOf(input)}</td><td>${input.description !== undefined && prose(input.description)}${input.values !== undefined && html` <span class="faint">One of ${input.values.join(', ')}.</span>`}</td></tr>`
    return [row, ...rows(input.properties ?? [], `${path}${input.array ? '[]' : ''}.`)]
  })
}

function typeOf({ type, array, nullable }: InputPlan): string {
  const word = type === 'datetime_string' ? 'date and time' : type
  return `${array ? `list of ${word}` : word}${nullable ? ' or null' : ''}`
}
