/** One combination of language, colour scheme and screen size. */
export interface Variant {
  readonly language: 'zh' | 'en'
  readonly scheme: 'light' | 'dark'
  readonly width: number
  readonly height: number
}

/** A small, a common and a large phone, in CSS pixels. */
const SCREENS = [
  { width: 320, height: 568 },
  { width: 375, height: 812 },
  { width: 428, height: 926 },
]

export const variants: readonly Variant[] = (['zh', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    SCREENS.map((screen) => ({ language, scheme, ...screen })),
  ),
)

/** `popup-zh-light-375.png` */
export const fileName = (scene: string, { language, scheme, width }: Variant) =>
  `${scene}-${language}-${scheme}-${width}.png`
