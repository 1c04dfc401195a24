import type { Lang } from '../../look/boot.ts'
import { chartColours, colours, fonts, type ThemeName } from '../../look/tokens.ts'

/** The colours that a chart may draw with. */
export type Paint = (typeof colours)['light'] & (typeof chartColours)['light']
export const paintOf = (theme: ThemeName): Paint => ({ ...colours[theme], ...chartColours[theme] })

/** What every chart shares: hairline grid, no value axis line, labels at 12 px, a tooltip that floats. */
export function chartTheme(name: ThemeName, lang: Lang): object {
  const c = colours[name]
  const axis = {
    axisTick: { show: false },
    axisLabel: { color: c.axis, fontSize: 12, margin: 10 },
    splitLine: { lineStyle: { color: c.grid, width: 1 } },
  }
  return {
    color: chartColours[name].cat,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: fonts[lang].replace('Inter Zh', 'Inter En'), color: c.text2, fontSize: 12 },
    animationDuration: 240,
    animationDurationUpdate: 240,
    line: { symbol: 'circle', symbolSize: 6, showSymbol: false, smooth: false, lineStyle: { width: 2 } },
    bar: { barMaxWidth: 20, itemStyle: { borderRadius: [2, 2, 0, 0] } },
    categoryAxis: {
      ...axis,
      axisLine: { show: true, lineStyle: { color: c.lineStrong, width: 1 } },
      splitLine: { ...axis.splitLine, show: false },
    },
    valueAxis: { ...axis, axisLine: { show: false }, splitLine: { ...axis.splitLine, show: true } },
    tooltip: {
      backgroundColor: c.raised,
      borderColor: c.line,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { color: c.text, fontSize: 13 },
      extraCssText: 'border-radius:8px;box-shadow:0 8px 24px -4px rgba(20,21,48,.22)',
      axisPointer: { lineStyle: { color: c.lineStrong, type: 'solid' } },
    },
  }
}
