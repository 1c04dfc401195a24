import type { Lang } from '../../look/boot.ts'
import { fonts } from '../../look/tokens.ts'
import type { Paint } from '../chart/theme.ts'

export interface SheetWords {
  title: string
  /** What the numbers are about: days, filters, n, interval. */
  lines: readonly string[]
  paint: Paint
  lang: Lang
}

interface Drawing {
  image: CanvasImageSource
  /** In the page's pixels. */
  width: number
  height: number
  ground: string
}

const PIXELS = 2
/** Browsers draw no side longer than this. */
const LONGEST = 16_000
const EDGE = 20
const TITLE = 28
const LINE = 18

/** Words cut to what fits in one line of the picture. */
function fitted(pen: CanvasRenderingContext2D, text: string, width: number): string {
  let shown = text
  while (shown.length > 1 && pen.measureText(shown).width > width) shown = `${shown.slice(0, -2)}…`
  return shown
}

/** A PNG at twice the pixels that says by itself what it shows: title, days, filters, n. */
export async function sheetOf(
  { image, width, height, ground }: Drawing,
  { title, lines, paint, lang }: SheetWords,
): Promise<Blob> {
  const head = EDGE + TITLE + lines.length * LINE + 8
  const whole = head + height + EDGE
  const pixels = Math.min(PIXELS, LONGEST / whole)
  const sheet = document.createElement('canvas')
  sheet.width = Math.round((width + EDGE * 2) * pixels)
  sheet.height = Math.round(whole * pixels)
  const pen = sheet.getContext('2d')!
  pen.scale(pixels, pixels)
  pen.fillStyle = ground
  pen.fillRect(0, 0, sheet.width, sheet.height)
  pen.textBaseline = 'top'
  pen.fillStyle = paint.text
  pen.font = `600 16px ${fonts[lang]}`
  pen.fillText(fitted(pen, title, width), EDGE, EDGE)
  pen.fillStyle = paint.text3
  pen.font = `400 12px ${fonts[lang]}`
  for (const [i, line] of lines.entries()) pen.fillText(fitted(pen, line, width), EDGE, EDGE + TITLE + i * LINE)
  pen.drawImage(image, EDGE, head, width, height)
  return new Promise((resolve, reject) =>
    sheet.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  )
}
