import type { LlmShare } from '../llm/share.ts'
import type { Lang, Report, ReportCategory } from './shape.ts'

interface ReportWords {
  title: string
  made: string
  simulated: string
  reader: string
  indicators: string
  overall: string
  apart: string
  noCategory: string
  /** What stands above complaints that no certain comparison speaks of. */
  lead(category: ReportCategory): string
  /** Categories of which nothing can be said. */
  silent(categories: readonly ReportCategory[]): string
  also: string
  aspect: string
  voices: string
  complaining: string
  negative: string
  how: string
  interval: string
  with: string
  without: string
  counts(report: Report): string
  llm(of: LlmShare): string
  categoryVoices(n: number): string
  complaints(n: number): string
  orders(n: number): string
  candidates(n: number): string
}

const number = (n: number): string => n.toLocaleString('en')
const share = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(1)}%`)
const unread = (report: Report): number => report.counts.unread.reduce((sum, one) => sum + one.n, 0)

/** What the report says around its figures, once in each language. */
export const words: Record<Lang, ReportWords> = {
  zh: {
    title: '体验洞察报告',
    made: '生成于',
    simulated: '模拟数据：以下全部内容来自仿真市场，不代表任何真实商家。',
    reader: '当前文本理解引擎',
    indicators: '核心指标',
    overall: '总体洞察',
    apart: '单列的群体',
    noCategory: '未分类',
    lead: ({ drivers, rated }) =>
      drivers.length > 0
        ? '其它抱怨：数量太少或无法确定，按抱怨的声音数排列。'
        : `${rated > 0 ? '没有可以确定的关联' : '没有评分或其它结果可供比较'}；以下按抱怨的声音数排列。`,
    silent: (all) =>
      `以下 ${all.length} 个品类没有可以确定的结论：${all.map((one) => one.category || '未分类').join('、')}。`,
    also: '另外',
    aspect: '方面',
    voices: '提到的声音',
    complaining: '抱怨',
    negative: '抱怨占比',
    how: '这些数字怎么来',
    interval: '95% 区间',
    with: '提到者',
    without: '对照',
    counts: (report) =>
      `声音 ${number(report.counts.voices)} 条，读懂 ${number(report.counts.read)} 条${unread(report) > 0 ? `，未读 ${number(unread(report))} 条（引擎不识别的语言，保留原文，不作猜测）` : ''}；订单 ${number(report.counts.orders)} 笔。`,
    llm: ({ share: { value, n }, went, changed, refused, sentiment, added, dropped, turned }) =>
      `读过的 ${number(n)} 条声音里，把握不足的 ${number(went)} 条（${share(value)}）又请大模型看过：改动 ${number(changed)} 条（整体极性 ${number(sentiment)} 条；方面增 ${number(added)}、删 ${number(dropped)}、改判 ${number(turned)} 处），回答不合格而未采用 ${number(refused)} 条。`,
    categoryVoices: (n) => `声音 ${number(n)} 条`,
    complaints: (n) => `${number(n)} 条声音抱怨`,
    orders: (n) => `${number(n)} 笔订单`,
    candidates: (n) => `共比较 ${number(n)} 个候选，已作错误发现率校正；只列出校正后仍可信的关联。关联不等于因果。`,
  },
  en: {
    title: 'Experience findings',
    made: 'made',
    simulated: 'Simulated data: everything below comes from a simulated market and stands for no real merchant.',
    reader: 'Reader in use',
    indicators: 'Indicators',
    overall: 'Findings over all',
    apart: 'Shown apart',
    noCategory: 'No category',
    lead: ({ drivers, rated }) =>
      drivers.length > 0
        ? 'Other complaints, too few or not certain: by how many voices complain.'
        : `${rated > 0 ? 'Nothing certain' : 'No rating or other outcome to compare'}: ranked by how many voices complain.`,
    silent: (all) =>
      `Nothing certain in ${all.length} categories: ${all.map((one) => one.category || 'no category').join(', ')}.`,
    also: 'Also',
    aspect: 'Aspect',
    voices: 'voices',
    complaining: 'complain',
    negative: 'Share that complains',
    how: 'Where these figures come from',
    interval: '95% interval',
    with: 'with it',
    without: 'without it',
    counts: (report) =>
      `${number(report.counts.voices)} voices, ${number(report.counts.read)} read${unread(report) > 0 ? `, ${number(unread(report))} unread (a language the reader does not know: kept, not guessed)` : ''}; ${number(report.counts.orders)} orders.`,
    llm: ({ share: { value, n }, went, changed, refused, sentiment, added, dropped, turned }) =>
      `Of ${number(n)} voices read, ${number(went)} (${share(value)}) of which the reader was unsure went to a language model: ${number(changed)} were changed (sentiment of ${number(sentiment)}; mentions: ${number(added)} added, ${number(dropped)} dropped, ${number(turned)} turned), ${number(refused)} answers were refused.`,
    categoryVoices: (n) => `${number(n)} voices`,
    complaints: (n) => `${number(n)} voices complain`,
    orders: (n) => `${number(n)} orders`,
    candidates: (n) =>
      `${number(n)} candidates were compared, with false-discovery control; only what holds after it is listed. Association is not cause.`,
  },
}
