import type { EChartsCoreOption } from 'echarts/core'
import type { Lang } from '../../look/boot.ts'
import type { ThemeName } from '../../look/tokens.ts'
import { type SheetWords, sheetOf } from '../export/sheet.ts'
import { echarts } from './echarts.ts'
import { chartTheme } from './theme.ts'

interface Picture extends SheetWords {
  option: EChartsCoreOption
  theme: ThemeName
  lang: Lang
  width: number
  height: number
}

const PIXELS = 2

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

/** The chart on a sheet of its own. */
export function pictureOf(picture: Picture): Promise<Blob> {
  const { width, height, paint } = picture
  return sheetOf({ image: drawn(picture), width, height, ground: paint.surface }, picture)
}
