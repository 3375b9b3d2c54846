import { type HexColor, textOn, withContrast } from './contrast.ts'

/** The product's own colour, for projects that chose none. */
export const defaultAccent = { light: '#3a56c5', dark: '#8ea2ff' } as const satisfies Record<string, HexColor>

const grounds = { light: '#ffffff', dark: '#14171b' } as const

/**
 * The colours of a project as a stylesheet: a content policy without inline styles leaves no other way. A colour
 * too faint to be seen or read on the page is moved until it can be (WCAG 1.4.3, 1.4.11).
 */
export function themeCss(chosen: { readonly light: string | null; readonly dark: string | null }): string {
  const light = hex(chosen.light) ?? defaultAccent.light
  const dark = hex(chosen.dark) ?? hex(chosen.light) ?? defaultAccent.dark
  const lines = (['light', 'dark'] as const).flatMap((theme) => {
    const solid = withContrast(theme === 'light' ? light : dark, grounds[theme], 3)
    return [
      `--accent-${theme}: ${solid}`,
      `--on-accent-${theme}: ${textOn(solid)}`,
      // Read on washes and on hovered rows too, which are nearer to it than the page.
      `--accent-text-${theme}: ${withContrast(solid, grounds[theme], 6)}`,
    ]
  })
  return `:root {\n${lines.map((line) => `  ${line};\n`).join('')}}\n`
}

function hex(color: string | null): HexColor | undefined {
  return color !== null && /^#[0-9a-f]{6}$/i.test(color) ? (color as HexColor) : undefined
}
