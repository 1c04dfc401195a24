import type { Report, ReportComparison } from './shape.ts'

const words = (zh: string, en = zh) => ({ zh, en })

const comparison: ReportComparison = {
  outcome: words('低分率', 'Share of low ratings'),
  sentence: words('热水器：抱怨安装费用的评价，低分多 57.0 个百分点', 'Water heater: reviews that complain of fees…'),
  effect: { value: 0.57, low: 0.44, high: 0.7 },
  unit: 'share',
  exposed: { value: 0.696, low: 0.55, high: 0.81, n: 46 },
  control: { value: 0.126, low: 0.1, high: 0.16, n: 405 },
  q: 0.0001,
}

/** A report for tests: one category with a finding, one without ratings, one of which nothing is known. `text` is what a customer wrote. */
export const sampleReport = (text: string, start = 0, end = 2): Report => ({
  tenant: { id: 'main', name: text, nameEn: text, simulated: false },
  period: { from: '2026-01-01', to: '2026-01-31' },
  madeAt: '2026-02-01 08:00',
  reader: {
    engine: 'packs-1',
    note: text,
    llm: {
      ...{ share: { value: 0.04, low: 0.02, high: 0.08, n: 150 }, went: 6, changed: 3, refused: 1 },
      ...{ sentiment: 1, added: 2, dropped: 0, turned: 1 },
    },
  },
  counts: { voices: 500, read: 498, unread: [{ lang: 'other', n: 2 }], orders: 1 },
  indicators: [
    { name: words('净推荐值', 'NPS'), unit: 'points', estimate: { value: -12, low: -20, high: -4, n: 300 } },
  ],
  apart: [
    {
      what: words('没有送达记录', 'No record of delivery'),
      orders: 117,
      outcome: words('评分', 'Rating'),
      unit: 'score',
      estimate: { value: 1.47, low: 1.28, high: 1.66, n: 117 },
    },
  ],
  drivers: [],
  categories: [
    { category: '银河', name: words('银河'), voices: 9, rated: 9, drivers: [], aspects: [] },
    {
      category: '化妆品',
      name: words('化妆品'),
      voices: 40,
      rated: 0,
      drivers: [],
      aspects: [
        {
          aspect: 'smell',
          name: words('气味', 'Smell'),
          n: 12,
          negative: 7,
          negativeShare: { value: 0.58, low: 0.32, high: 0.81, n: 12 },
          quotes: [{ voiceId: 'v2', text, start, end }],
        },
      ],
    },
    {
      category: text,
      name: words(text),
      voices: 452,
      rated: 452,
      drivers: [
        {
          ...comparison,
          category: text,
          aspect: 'install_fee',
          what: words(text),
          scene: words(''),
          volume: 46,
          quotes: [{ voiceId: 'v1', text, start, end }],
          also: [{ ...comparison, sentence: words(text) }],
        },
      ],
      aspects: [],
    },
  ],
  candidates: 12,
  method: words('方法', 'Method'),
})
