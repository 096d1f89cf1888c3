import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Tokens of text colours, each with its backgrounds. */
const texts: readonly (readonly [foreground: string, backgrounds: readonly string[]])[] = [
  ['text', ['bg', 'card', 'bg-top', 'leaf-bg', 'persimmon-bg']],
  ['text-muted', ['bg', 'card', 'bg-top', 'border']],
  ['persimmon-text', ['card', 'bg', 'persimmon-bg']],
  ['on-persimmon', ['persimmon']],
  ['leaf-text', ['leaf-bg', 'card']],
  ['on-wechat', ['wechat']],
]
/** Tokens of shapes that carry meaning, each with its backgrounds. */
const shapes: typeof texts = [['persimmon', ['bg', 'card']]]

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const [lightCss = '', darkCss = ''] = css.split('@media (prefers-color-scheme: dark)')
const light = parseTokens(lightCss)
const themes = { light, dark: { ...light, ...parseTokens(darkCss) } }

function parseTokens(source: string): Record<string, string> {
  return Object.fromEntries(
    [...source.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  )
}

function listPairs(colours: typeof texts) {
  return Object.entries(themes).flatMap(([theme, tokens]) =>
    colours.flatMap(([foreground, backgrounds]) =>
      backgrounds.map((background) => ({
        theme,
        foreground,
        background,
        ratio: contrast(tokens[foreground], tokens[background]),
      })),
    ),
  )
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one = '', other = ''): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [red = Number.NaN, green = 0, blue = 0] = [1, 3, 5].map((index) => {
    const channel = Number.parseInt(hex.slice(index, index + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test.each(listPairs(texts))(
  'the $theme theme shows $foreground on $background with a contrast of at least 4.5',
  ({ ratio }) => {
    expect(ratio).toBeGreaterThanOrEqual(4.5)
  },
)

test.each(listPairs(shapes))(
  'the $theme theme shows the shape $foreground on $background with a contrast of at least 3',
  ({ ratio }) => {
    expect(ratio).toBeGreaterThanOrEqual(3)
  },
)

test("WeChat's navigation bar and the area above a pulled-down page have the colour bg-top", () => {
  const windowThemes = JSON.parse(readFileSync(new URL('../theme.json', import.meta.url), 'utf8'))
  for (const [theme, tokens] of Object.entries(themes)) {
    expect(windowThemes[theme].navBackground.toLowerCase(), theme).toBe(tokens['bg-top'])
    expect(windowThemes[theme].background.toLowerCase(), theme).toBe(tokens['bg-top'])
  }
})
