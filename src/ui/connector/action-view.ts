import type { ActionSummary } from '../../catalog/index.ts'
import { badge } from '../components/badge.ts'
import { codeBlock } from '../components/code-block.ts'
import { prose } from '../components/prose.ts'
import { type Html, html } from '../markup/index.ts'
import { effectWord } from './effect-word.ts'
import { inputsTable } from './inputs-table.ts'
import { resultView } from './result-view.ts'

/** A call as somebody would write it. */
export interface CallExample {
  readonly name: string
  readonly text: string
}

/** An action, closed to its name: everything that a caller needs to know of it opens below. */
export function actionView(action: ActionSummary, examples: readonly CallExample[] = []): Html {
  const { evidence, qualifiedId } = action
  return html`<details class="action" id="${qualifiedId}"><summary><span><span class="action-name">${action.label}</span><code class="action-id">${qualifiedId}</code></span><span class="row">${action.stage !== 'stable' && badge('warning', action.stage === 'preview' ? 'Preview' : 'Beta')}${badge('neutral', effectWord(action))}</span>${evidence === undefined ? html`<span></span>` : html`<span class="mark mark-${evidence.request}" title="How well the call is known: ${evidence.request}">${evidence.request}</span>`}</summary>
<div class="action-body"><p>${prose(action.description)}</p>
${action.details !== undefined && html`<p>${prose(action.details)}</p>`}
${action.stage === 'preview' && html`<p>Preview: off unless a caller asks for preview actions.</p>`}
<div><p class="action-part">Inputs</p>${action.inputs.length > 0 ? inputsTable(action.inputs, `Inputs of ${qualifiedId}`) : html`<p class="faint">None.</p>`}</div>
<div><p class="action-part">Result</p>${resultView(action.outputSchema, `Result of ${qualifiedId}`)}</div>
<div><p class="action-part">Sending it again</p><p class="soft">${repeatSentence(action)}</p></div>
${evidence !== undefined && html`<div><p class="action-part">Evidence</p><p class="soft">Request ${evidence.request}${evidence.response !== undefined && `, response ${evidence.response}`}: ${prose(evidence.source)}${evidence.note !== undefined && html`. ${prose(evidence.note)}`}</p></div>`}
${examples.length > 0 && html`<div><p class="action-part">Example</p>${examples.map(({ name, text }) => html`<p class="faint">${name}</p>${codeBlock(text, `${name} example of ${qualifiedId}`)}`)}</div>`}
</div></details>`
}

/** What the marks beside the actions mean. */
export function evidenceLegend(): Html {
  return html`<p class="faint legend">Evidence marks say how well a call is known: <span class="mark mark-A">A</span> and <span class="mark mark-B">B</span> seen in clients of the provider’s API, <span class="mark mark-C">C</span> documented, <span class="mark mark-D">D</span> and <span class="mark mark-E">E</span> assumed.</p>`
}

function repeatSentence({ passthrough, repeatable, effect }: ActionSummary): string {
  if (passthrough) return 'A read is tried again; any other call is sent once.'
  if (repeatable) return 'It may be sent again: a second call changes nothing more than the first.'
  if (effect === 'read') return 'It is not sent again by itself.'
  return 'A write is sent once. Where its answer is lost, the error says that its outcome is unknown; look before you send it again.'
}
