import { badge, emptyState, type Html, html } from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'

export interface ApiParameter {
  readonly name: string
  /** `path`, `query`, `header` or `body`. */
  readonly in: string
  readonly type: string
  readonly required: boolean
  readonly description: string
}

export interface ApiOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly ApiParameter[]
  readonly answers: readonly string[]
}

export interface ApiModel {
  readonly baseUrl: string
  readonly groups: readonly { readonly name: string; readonly operations: readonly ApiOperation[] }[]
}

/** The API for programs, as the OpenAPI document describes it. */
export function apiView(context: DashboardContext, { baseUrl, groups }: ApiModel): Html {
  return dashboardPage(context, {
    title: 'API',
    place: 'api',
    content: html`<header class="page-head"><div class="page-head-text"><h1>API</h1><p class="lead">For programs, at <code>${baseUrl}</code>, with an API key as the user name of basic authentication. As a document: <a href="/openapi.json">openapi.json</a>.</p></div></header>
${groups.length === 0 && emptyState('code', 'No operation', 'The API describes none.')}
<div class="groups">${groups.map(
      ({ name, operations }) =>
        html`<section><h2 class="group-title">${name} <span class="faint">${operations.length}</span></h2><div class="card card-clip">${operations.map(operationView)}</div></section>`,
    )}</div>`,
  })
}

function operationView({ id, method, path, summary, description, parameters, answers }: ApiOperation): Html {
  return html`<details class="action" id="${id}"><summary><span><span class="action-name">${summary}</span><code class="action-id">${path}</code></span>${badge(method === 'GET' ? 'neutral' : 'accent', method)}<span></span></summary>
<div class="action-body">${description !== '' && html`<p>${description}</p>`}
${
  parameters.length === 0
    ? html`<p class="faint">No parameters.</p>`
    : html`<div class="table-scroll" tabindex="0" role="group" aria-label="Parameters"><table class="inputs"><thead><tr><th scope="col">Parameter</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">About</th></tr></thead><tbody>${parameters.map(
        (one) =>
          html`<tr><td><code>${one.name}</code>${one.required && html` <span class="badge badge-accent">required</span>`}</td><td class="soft">${one.in}</td><td class="soft">${one.type}</td><td>${one.description}</td></tr>`,
      )}</tbody></table></div>`
}
<p class="faint">Answers ${answers.join(', ')}</p></div></details>`
}
