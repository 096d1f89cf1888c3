/// <reference lib="dom" />
// What runs inside the page. Each function is sent there as text, so it can use nothing outside itself.

/** Texts whose contrast with what lies behind them is below WCAG AA, with the ratio; those over pictures are not judged. */
export function findFaintTexts(root: Element): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]
  const white: Colour = [255, 255, 255, 1]

  function read(text: string): Colour[] {
    return [...text.matchAll(/rgba?\(([^)]+)\)/g)].map(([, inner = '']) => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = inner.split(/[\s,/]+/).map(Number)
      return [red, green, blue, alpha]
    })
  }
  function over([r, g, b, a]: Colour, [R, G, B]: Colour): Colour {
    return [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1]
  }
  function luminance([red, green, blue]: Colour): number {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => {
      const share = part / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  function contrast(one: Colour, other: Colour): number {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  /** What may lie behind a text: the colour of the nearest ground, or each colour of its gradient. */
  function grounds(element: Element | null): Colour[] {
    if (element === null) return [white]
    const { backgroundColor, backgroundImage } = getComputedStyle(element)
    if (backgroundImage.includes('url(')) return []
    const [plain = [0, 0, 0, 0] as Colour] = read(backgroundColor)
    const layers = [...read(backgroundImage), ...(plain[3] > 0 ? [plain] : [])]
    if (layers.length === 0) return grounds(element.parentElement)
    return layers.flatMap((layer) =>
      layer[3] === 1 ? [layer] : grounds(element.parentElement).map((below) => over(layer, below)),
    )
  }

  const faint: string[] = []
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement
    const text = texts.currentNode.textContent?.trim() ?? ''
    if (element === null || text === '' || !element.checkVisibility({ opacityProperty: true })) continue
    if (element.closest('[aria-disabled=true], [class^=lw-]')) continue
    const { color, fontSize, fontWeight } = getComputedStyle(element)
    const size = Number.parseFloat(fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700)
    const [ink = white] = read(color)
    const ratio = Math.min(...grounds(element).map((ground) => contrast(over(ink, ground), ground)))
    if (ratio < (isLarge ? 3 : 4.5)) faint.push(`${text} ${ratio.toFixed(2)}`)
  }
  return faint
}

/** By how many points the page is wider than the screen. */
export function overflow(root: Element): number {
  return Math.max(0, root.ownerDocument.documentElement.scrollWidth - innerWidth)
}

/** The movements that are under way. */
export function findMovements(root: Element): string[] {
  return root.ownerDocument
    .getAnimations()
    .filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 20)
    .map(({ id, effect }) => `${id} ${effect instanceof KeyframeEffect ? effect.target?.className : ''}`)
}

/** From 0, black, to 1, white. */
export function brightnessOfInk(element: Element): number {
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number)
  return (red + green + blue) / (3 * 255)
}

/** From 0, black, to 1, white: the ground at the lower end of the screen. */
export function brightnessOfEnd(root: Element): number {
  let element = root.ownerDocument.elementFromPoint(innerWidth / 2, innerHeight - 4)
  while (element !== null) {
    const { backgroundColor, backgroundImage } = getComputedStyle(element)
    const colours = `${backgroundImage} ${backgroundColor}`.match(/rgb\([^)]+\)/g) ?? []
    const parts = colours.flatMap((colour) => colour.match(/[\d.]+/g) ?? []).map(Number)
    if (parts.length > 0) return Math.max(...parts) / 255
    element = element.parentElement
  }
  return 1
}
