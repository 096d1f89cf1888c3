import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Text and the grounds it stands on. */
const text: readonly (readonly [ink: string, grounds: readonly string[]])[] = [
  ['ink', ['paper', 'card', 'sky', 'leaf-wash', 'persimmon-wash']],
  ['ink-soft', ['paper', 'card', 'sky', 'line']],
  ['persimmon-ink', ['card', 'paper', 'persimmon-wash']],
  ['on-persimmon', ['persimmon']],
  ['leaf-ink', ['leaf-wash', 'card']],
  ['on-wechat', ['wechat']],
]
/** Shapes that carry meaning. */
const shapes: typeof text = [['persimmon', ['paper', 'card']]]

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const [daylight = '', night = ''] = css.split('@media (prefers-color-scheme: dark)')
const light = tokensIn(daylight)
const themes = { light, dark: { ...light, ...tokensIn(night) } }

function tokensIn(part: string): Record<string, string> {
  return Object.fromEntries(
    [...part.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  )
}

function pairsOf(list: typeof text) {
  return Object.entries(themes).flatMap(([theme, tokens]) =>
    list.flatMap(([ink, grounds]) =>
      grounds.map((ground) => ({ theme, ink, ground, ratio: contrast(tokens[ink], tokens[ground]) })),
    ),
  )
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one = '', other = ''): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = Number.NaN, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test.each(pairsOf(text))('$theme: $ink on $ground reads well', ({ ratio }) => {
  expect(ratio).toBeGreaterThanOrEqual(4.5)
})

test.each(pairsOf(shapes))('$theme: $ink stands out from $ground', ({ ratio }) => {
  expect(ratio).toBeGreaterThanOrEqual(3)
})

test("WeChat's own bar and the ground under a pulled page wear the colour of the sky", () => {
  const bars = JSON.parse(readFileSync(new URL('../theme.json', import.meta.url), 'utf8'))
  for (const [theme, tokens] of Object.entries(themes)) {
    expect(bars[theme].navBackground.toLowerCase(), theme).toBe(tokens.sky)
    expect(bars[theme].background.toLowerCase(), theme).toBe(tokens.sky)
  }
})
