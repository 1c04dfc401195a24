import type { EChartsCoreOption } from 'echarts/core'
import type { Lang } from '../../look/boot.ts'
import { fonts, type ThemeName } from '../../look/tokens.ts'
import { echarts } from './echarts.ts'
import type { Paint } from './theme.ts'
import { chartTheme } from './theme.ts'

interface Picture {
  option: EChartsCoreOption
  paint: Paint
  theme: ThemeName
  lang: Lang
  width: number
  height: number
  title: string
  /** What the numbers are about: days, filters, n, interval. */
  lines: readonly string[]
}

const PIXELS = 2
const EDGE = 20
const TITLE = 28
const LINE = 18

/** The chart drawn once more on a canvas that nobody sees: of a line drawing a browser makes no PNG by itself. */
function drawn({ option, theme, lang, width, height }: Picture): HTMLCanvasElement {
  const place = document.createElement('div')
  const chart = echarts.init(place, chartTheme(theme, lang), {
    renderer: 'canvas',
    width,
    height,
    devicePixelRatio: PIXELS,
  })
  try {
    chart.setOption({ ...option, animation: false })
    return chart.renderToCanvas({ pixelRatio: PIXELS })
  } finally {
    chart.dispose()
  }
}

/** Words cut to what fits in one line of the picture. */
function fitted(pen: CanvasRenderingContext2D, text: string, width: number): string {
  let shown = text
  while (shown.length > 1 && pen.measureText(shown).width > width) shown = `${shown.slice(0, -2)}…`
  return shown
}

/** A PNG at twice the pixels, on the page's ground, that says by itself what it shows: title, days, filters, n. */
export async function pictureOf(picture: Picture): Promise<Blob> {
  const { paint, width, height, title, lines, lang } = picture
  const chart = drawn(picture)
  const head = EDGE + TITLE + lines.length * LINE + 8
  const sheet = document.createElement('canvas')
  sheet.width = (width + EDGE * 2) * PIXELS
  sheet.height = (head + height + EDGE) * PIXELS
  const pen = sheet.getContext('2d')!
  pen.scale(PIXELS, PIXELS)
  pen.fillStyle = paint.surface
  pen.fillRect(0, 0, sheet.width, sheet.height)
  pen.textBaseline = 'top'
  pen.fillStyle = paint.text
  pen.font = `600 16px ${fonts[lang]}`
  pen.fillText(fitted(pen, title, width), EDGE, EDGE)
  pen.fillStyle = paint.text3
  pen.font = `400 12px ${fonts[lang]}`
  for (const [i, line] of lines.entries()) pen.fillText(fitted(pen, line, width), EDGE, EDGE + TITLE + i * LINE)
  pen.drawImage(chart, EDGE, head, width, height)
  return new Promise((resolve, reject) =>
    sheet.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  )
}
