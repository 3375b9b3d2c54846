/** A colour as `#rrggbb`. */
export type HexColor = `#${string}`

/** Contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(a: HexColor, b: HexColor): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((one, other) => other - one)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** The nearest colour to `color` that keeps a contrast of `least` to `ground`: mixed with white or black, in small steps. */
export function withContrast(color: HexColor, ground: HexColor, least: number): HexColor {
  const target = luminance(ground) > 0.18 ? 0 : 255
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = mix(color, target, share)
    if (contrast(mixed, ground) >= least) return mixed
  }
  return target === 0 ? '#000000' : '#ffffff'
}

/** Near-white or near-black, whichever is read better on the colour. */
export function textOn(color: HexColor): HexColor {
  return contrast(color, '#ffffff') >= 4.5
    ? '#ffffff'
    : contrast(color, '#10131a') >= 4.5
      ? '#10131a'
      : '#000000'
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(color: HexColor): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function mix(color: HexColor, target: number, share: number): HexColor {
  const mixed = channels(color).map((channel) => Math.round(channel + (target - channel) * share))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function channels(color: HexColor): readonly number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16))
}
