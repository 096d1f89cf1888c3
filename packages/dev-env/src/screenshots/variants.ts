/** One way in which a screen is looked at. */
export interface Look {
  readonly language: 'zh' | 'en'
  readonly scheme: 'light' | 'dark'
  /** Of the screen, in points. */
  readonly width: number
}

/** A small, a usual and a large telephone. */
const heights: Readonly<Record<number, number>> = { 320: 568, 375: 812, 428: 926 }

export const heightOf = ({ width }: Look) => heights[width] ?? 812

export const everyLook: readonly Look[] = (['zh', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    Object.keys(heights).map((width) => ({ language, scheme, width: Number(width) })),
  ),
)

/** `popup-zh-light-375.png` */
export const fileName = (scene: string, { language, scheme, width }: Look) =>
  `${scene}-${language}-${scheme}-${width}.png`
