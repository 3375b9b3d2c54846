import { type Html, html } from '../markup/index.ts'

/** Drawn on a grid of 20, one line of 1.5; decoration only, so that a text always stands beside. */
const paths = {
  accounts:
    'M7 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5 7c0-2.8 2.2-5 5-5s5 2.2 5 5M13 4a2.8 2.8 0 0 1 0 5.2M14.5 11.8c2.1.6 3.5 2.4 3.5 4.7',
  catalog: 'M3.5 3.5h5v5h-5zm8 0h5v5h-5zm-8 8h5v5h-5zm8 0h5v5h-5z',
  play: 'M6 4.2v11.6c0 .5.5.8 1 .5l9-5.8c.4-.2.4-.8 0-1L7 3.7c-.5-.3-1 0-1 .5Z',
  list: 'M7.5 5h9m-9 5h9m-9 5h9M3.5 5h.5m-.5 5h.5m-.5 5h.5',
  shield: 'M10 2.5l6 2.2v4.6c0 3.8-2.5 6.6-6 8.2-3.5-1.6-6-4.4-6-8.2V4.7zM7.5 10l1.8 1.8 3.4-3.6',
  settings: 'M3 6h8m4 0h2M3 14h2m4 0h8M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm-6 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  plus: 'M10 4v12M4 10h12',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Zm4-1.5 4 4',
  copy: 'M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4',
  check: 'M4 10.5l4 4 8-9',
  alert: 'M10 7v4m0 2.8v.2M10 2.8l7.8 13.7H2.2z',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 9v4.5m0-7.2v.2',
  cross: 'M5 5l10 10M15 5L5 15',
  back: 'M12 4.5L6.5 10l5.5 5.5',
  next: 'M8 4.5l5.5 5.5L8 15.5',
  out: 'M8 4.5H4.5v11h11V12m-4-7.5h4v4m0-4L9 11',
  leave: 'M8 3.5H4.5v13H8M12.5 6.5 16 10l-3.5 3.5M16 10H8',
  eye: 'M2 10c1.8-3.3 4.6-5 8-5s6.2 1.7 8 5c-1.8 3.3-4.6 5-8 5s-6.2-1.7-8-5Zm8 2.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  mail: 'M2.5 4.5h15v11h-15zm0 1 7.5 5.5 7.5-5.5',
  menu: 'M3 6h14M3 10h14M3 14h14',
  trash: 'M3.5 5.5h13M8 5.5v-2h4v2m-6.5 0 .7 11h7.6l.7-11',
  refresh: 'M16 10a6 6 0 1 1-1.8-4.3M16 3v3.5h-3.5',
  pencil: 'M13.5 3.5l3 3-9.5 9.5-3.7.7.7-3.7z',
  link: 'M8.5 11.5a3.2 3.2 0 0 0 4.6 0l3-3a3.2 3.2 0 0 0-4.6-4.6l-1 1m1 3.6a3.2 3.2 0 0 0-4.6 0l-3 3a3.2 3.2 0 0 0 4.6 4.6l1-1',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  key: 'M7 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm3.5-3.5H17v3m-3-3v2',
  pulse: 'M2.5 10.5h3.5l2-5.5 4 10 2-4.5h3.5',
  code: 'M7 6l-4 4 4 4m6-8l4 4-4 4',
} as const

export type IconName = keyof typeof paths

export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="${paths[name]}"/></svg>`
}
