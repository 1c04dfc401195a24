import type { Lang, Report } from './shape.ts'

interface ReportWords {
  title: string
  made: string
  simulated: string
  reader: string
  indicators: string
  overall: string
  apart: string
  noCategory: string
  nothing: string
  aspect: string
  negative: string
  how: string
  interval: string
  with: string
  without: string
  counts(report: Report): string
  categoryVoices(n: number): string
  candidates(n: number): string
}

const number = (n: number): string => n.toLocaleString('en')
const unread = (report: Report): number => report.counts.unread.reduce((sum, one) => sum + one.n, 0)

/** What the report says around its figures, once in each language. */
export const words: Record<Lang, ReportWords> = {
  zh: {
    title: '体验洞察报告',
    made: '生成于',
    simulated: '模拟数据：以下全部内容来自仿真市场，不代表任何真实商家。',
    reader: '文本理解',
    indicators: '核心指标',
    overall: '总体洞察',
    apart: '单列的群体',
    noCategory: '未分类',
    nothing: '没有可以确定的结论。',
    aspect: '方面',
    negative: '负面占比',
    how: '这些数字怎么来',
    interval: '95% 区间',
    with: '提到者',
    without: '对照',
    counts: (report) =>
      `声音 ${number(report.counts.voices)} 条，读懂 ${number(report.counts.read)} 条${unread(report) > 0 ? `，未读 ${number(unread(report))} 条（引擎不识别的语言，保留原文，不作猜测）` : ''}；订单 ${number(report.counts.orders)} 笔。`,
    categoryVoices: (n) => `声音 ${number(n)} 条`,
    candidates: (n) => `共比较 ${number(n)} 个候选，已作错误发现率校正；只列出校正后仍可信的关联。关联不等于因果。`,
  },
  en: {
    title: 'Experience findings',
    made: 'made',
    simulated: 'Simulated data: everything below comes from a simulated market and stands for no real merchant.',
    reader: 'Reader',
    indicators: 'Indicators',
    overall: 'Findings over all',
    apart: 'Shown apart',
    noCategory: 'No category',
    nothing: 'Nothing certain.',
    aspect: 'Aspect',
    negative: 'Negative share',
    how: 'Where these figures come from',
    interval: '95% interval',
    with: 'with it',
    without: 'without it',
    counts: (report) =>
      `${number(report.counts.voices)} voices, ${number(report.counts.read)} read${unread(report) > 0 ? `, ${number(unread(report))} unread (a language the reader does not know: kept, not guessed)` : ''}; ${number(report.counts.orders)} orders.`,
    categoryVoices: (n) => `${number(n)} voices`,
    candidates: (n) =>
      `${number(n)} candidates were compared, with false-discovery control; only what holds after it is listed. Association is not cause.`,
  },
}
