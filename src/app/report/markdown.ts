import { otherComplaints, sortCategories } from './complaints.ts'
import { excerpt } from './excerpt.ts'
import { difference, estimateText, interval } from './figures.ts'
import {
  calledIn,
  type Lang,
  type Report,
  type ReportCategory,
  type ReportComparison,
  type ReportDriver,
  type ReportQuote,
} from './shape.ts'
import { words } from './words.ts'

/** The report as Markdown. Customers' words are escaped: they are text, whatever they hold. */
export function reportMarkdown(report: Report, lang: Lang): string {
  const say = words[lang]
  const lines = [
    `# ${say.title}: ${escapeMarkdown(calledIn(lang, report.tenant))}`,
    '',
    `${report.period.from} – ${report.period.to} · ${say.made} ${report.madeAt}`,
  ]
  if (report.tenant.simulated) lines.push('', `**${say.simulated}**`)
  lines.push(
    '',
    say.counts(report),
    '',
    `${say.reader}: ${report.reader.engine}.${report.reader.note ? ` ${escapeMarkdown(report.reader.note)}` : ''}`,
  )
  if (report.reader.llm) lines.push('', say.llm(report.reader.llm))
  lines.push('', `## ${say.indicators}`, '')
  for (const one of report.indicators) lines.push(`- ${one.name[lang]}: ${estimateText(one.estimate, one.unit, lang)}`)
  if (report.drivers.length > 0)
    lines.push('', `## ${say.overall}`, '', ...report.drivers.flatMap((driver) => driverLines(driver, lang)))
  if (report.apart.length > 0) {
    lines.push('', `## ${say.apart}`, '')
    for (const one of report.apart)
      lines.push(
        `- ${one.what[lang]} (${say.orders(one.orders)}): ${one.outcome[lang]} ${estimateText(one.estimate, one.unit, lang)}`,
      )
  }
  const { told, silent } = sortCategories(report)
  lines.push(...told.flatMap((category) => categoryLines(category, lang)))
  if (silent.length > 0) lines.push('', escapeMarkdown(say.silent(silent)))
  lines.push('', `## ${say.how}`, '', report.method[lang], '', say.candidates(report.candidates), '')
  return lines.join('\n')
}

function categoryLines(category: ReportCategory, lang: Lang): string[] {
  const say = words[lang]
  const head = escapeMarkdown(category.name[lang] || say.noCategory)
  const lines = ['', `## ${head}`, '', say.categoryVoices(category.voices), '']
  lines.push(...category.drivers.flatMap((driver) => driverLines(driver, lang)))
  const complaints = otherComplaints(category)
  if (complaints.length > 0) lines.push(say.lead(category), '')
  for (const { name, negative, quotes } of complaints)
    lines.push(`### ${escapeMarkdown(name[lang])}: ${say.complaints(negative)}`, '', ...quotes.map(quoteLine))
  if (category.aspects.length === 0) return lines
  lines.push(`| ${say.aspect} | ${say.voices} | ${say.complaining} | ${say.negative} |`, '|---|---|---|---|')
  for (const { name, n, negative, negativeShare } of category.aspects)
    lines.push(`| ${escapeMarkdown(name[lang])} | ${n} | ${negative} | ${estimateText(negativeShare, 'share', lang)} |`)
  return lines
}

function driverLines(driver: ReportDriver, lang: Lang): string[] {
  const also = driver.also.flatMap((one) => [
    `${words[lang].also}: ${escapeMarkdown(one.sentence[lang])}. ${comparisonText(one, lang)}`,
    '',
  ])
  const lines = [`### ${escapeMarkdown(driver.sentence[lang])}`, '', comparisonText(driver, lang), '']
  return [...lines, ...also, ...driver.quotes.map(quoteLine)]
}

function comparisonText({ effect, unit, outcome, exposed, control }: ReportComparison, lang: Lang): string {
  const say = words[lang]
  const size = `${outcome[lang]} **${difference(effect.value, unit, lang)}** (${say.interval} ${interval(effect.low, effect.high, unit, lang)})`
  return `${size} · ${say.with} ${estimateText(exposed, unit, lang)} · ${say.without} ${estimateText(control, unit, lang)}`
}

function quoteLine(quote: ReportQuote): string {
  const { before, evidence, after } = excerpt(quote)
  return `> ${escapeMarkdown(before)}${evidence && `**${escapeMarkdown(evidence)}**`}${escapeMarkdown(after)}\n`
}

export const escapeMarkdown = (text: string): string =>
  text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&').replace(/\s+/g, ' ')
