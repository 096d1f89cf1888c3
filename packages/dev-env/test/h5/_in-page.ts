/// <reference lib="dom" />
// Functions that run in the page. Playwright sends their source, so they cannot use anything outside themselves.

/**
 * Texts whose contrast ratio is below WCAG AA, with the ratio. Texts over images are skipped.
 *
 * https://www.w3.org/TR/WCAG21/#contrast-minimum
 */
export function findLowContrastTexts(root: Element): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]
  const white: Colour = [255, 255, 255, 1]

  function parseColours(text: string): Colour[] {
    return [...text.matchAll(/rgba?\(([^)]+)\)/g)].map(([, inner = '']) => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = inner.split(/[\s,/]+/).map(Number)
      return [red, green, blue, alpha]
    })
  }
  function blend([r, g, b, a]: Colour, [R, G, B]: Colour): Colour {
    return [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1]
  }
  function luminance([red, green, blue]: Colour): number {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
      const share = channel / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  function contrast(one: Colour, other: Colour): number {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  /** Colours that may be behind a text: of the nearest background, or all colours of its gradient. */
  function backgrounds(element: Element | null): Colour[] {
    if (element === null) return [white]
    const { backgroundColor, backgroundImage } = getComputedStyle(element)
    if (backgroundImage.includes('url(')) return []
    const [plain = [0, 0, 0, 0] as Colour] = parseColours(backgroundColor)
    const layers = [...parseColours(backgroundImage), ...(plain[3] > 0 ? [plain] : [])]
    if (layers.length === 0) return backgrounds(element.parentElement)
    return layers.flatMap((layer) =>
      layer[3] === 1 ? [layer] : backgrounds(element.parentElement).map((below) => blend(layer, below)),
    )
  }

  const found: string[] = []
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement
    const text = texts.currentNode.textContent?.trim() ?? ''
    if (element === null || text === '' || !element.checkVisibility({ opacityProperty: true })) continue
    if (element.closest('[aria-disabled=true], [class^=lw-]')) continue
    const { color, fontSize, fontWeight } = getComputedStyle(element)
    const size = Number.parseFloat(fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700)
    const [textColour = white] = parseColours(color)
    const ratio = Math.min(
      ...backgrounds(element).map((background) => contrast(blend(textColour, background), background)),
    )
    if (ratio < (isLarge ? 3 : 4.5)) found.push(`${text} ${ratio.toFixed(2)}`)
  }
  return found
}

/** How many CSS pixels the page is wider than the window. */
export function horizontalOverflow(root: Element): number {
  return Math.max(0, root.ownerDocument.documentElement.scrollWidth - innerWidth)
}

/** Between 0 (black) and 1 (white). */
export function textBrightness(element: Element): number {
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number)
  return (red + green + blue) / (3 * 255)
}

/** The brightness of the background at the bottom of the window, between 0 (black) and 1 (white). */
export function bottomBrightness(root: Element): number {
  let element = root.ownerDocument.elementFromPoint(innerWidth / 2, innerHeight - 4)
  while (element !== null) {
    const { backgroundColor, backgroundImage } = getComputedStyle(element)
    const colours = `${backgroundImage} ${backgroundColor}`.match(/rgb\([^)]+\)/g) ?? []
    const channels = colours.flatMap((colour) => colour.match(/[\d.]+/g) ?? []).map(Number)
    if (channels.length > 0) return Math.max(...channels) / 255
    element = element.parentElement
  }
  return 1
}

declare global {
  interface Window {
    /** Written by `recordAnimations`. */
    recordedAnimations?: Set<string>
    /** Written by `recordTexts`. */
    recordedTexts?: Set<string>
  }
}

/** Starts to collect animations and transitions longer than 20 ms. Those that end stay collected. */
export function recordAnimations(root: Element): void {
  const recorded = new Set<string>()
  window.recordedAnimations = recorded
  function record() {
    for (const { id, effect } of root.ownerDocument.getAnimations()) {
      if (Number(effect?.getComputedTiming().duration ?? 0) <= 20) continue
      recorded.add(`${id} ${effect instanceof KeyframeEffect ? effect.target?.className : ''}`)
    }
  }
  root.ownerDocument.addEventListener('animationstart', record, true)
  root.ownerDocument.addEventListener('transitionrun', record, true)
}

export function readRecordedAnimations(): string[] {
  return [...(window.recordedAnimations ?? [])]
}

/** Collects every line of visible text, also lines that are visible for a moment only. */
export function recordTexts(): void {
  const recorded = new Set<string>()
  window.recordedTexts = recorded
  const observer = new MutationObserver(() => {
    // Until the parser has reached it, there is no body.
    const body = document.body as HTMLElement | null
    // biome-ignore lint/performance/useDomNodeTextContent: innerText leaves out what CSS hides.
    for (const line of body?.innerText.split('\n') ?? []) recorded.add(line.trim())
  })
  observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true })
}

/** Whether each text was part of a recorded line. */
export function haveAllBeenShown(texts: readonly string[]): boolean {
  const lines = [...(window.recordedTexts ?? [])]
  return texts.every((text) => lines.some((line) => line.includes(text)))
}

/** Whether an element with this ARIA role contains the text. */
export function hasRoleWithText([role, text]: readonly [role: string, text: string]): boolean {
  return [...document.querySelectorAll(`[role=${role}]`)].some((element) =>
    element.textContent?.includes(text),
  )
}
