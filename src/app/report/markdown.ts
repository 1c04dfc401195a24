import { difference, estimateText, interval } from './figures.ts'
import type { Lang, Report, ReportDriver } from './shape.ts'
import { words } from './words.ts'

/** The report as Markdown. Customers' words are escaped: they are text, whatever they hold. */
export function reportMarkdown(report: Report, lang: Lang): string {
  const say = words[lang]
  const lines = [
    `# ${say.title}: ${report.tenant.name}`,
    '',
    `${report.period.from} – ${report.period.to} · ${say.made} ${report.madeAt}`,
  ]
  if (report.tenant.simulated) lines.push('', `**${say.simulated}**`)
  lines.push(
    '',
    say.counts(report),
    '',
    `${say.reader}: ${report.reader.engine}.${report.reader.note ? ` ${report.reader.note[lang]}` : ''}`,
  )
  lines.push('', `## ${say.indicators}`, '')
  for (const one of report.indicators) lines.push(`- ${one.name[lang]}: ${estimateText(one.estimate, one.unit, lang)}`)
  if (report.drivers.length > 0)
    lines.push('', `## ${say.overall}`, '', ...report.drivers.flatMap((driver) => driverLines(driver, lang)))
  if (report.apart.length > 0) {
    lines.push('', `## ${say.apart}`, '')
    for (const one of report.apart)
      lines.push(`- ${one.what[lang]}: ${one.outcome[lang]} ${estimateText(one.estimate, 'score', lang)}`)
  }
  for (const category of report.categories) {
    lines.push(
      '',
      `## ${escapeMarkdown(category.category || say.noCategory)}`,
      '',
      say.categoryVoices(category.voices),
      '',
    )
    lines.push(...category.drivers.flatMap((driver) => driverLines(driver, lang)))
    if (category.drivers.length === 0) lines.push(say.nothing, '')
    lines.push(`| ${say.aspect} | n | ${say.negative} |`, '|---|---|---|')
    for (const aspect of category.aspects)
      lines.push(`| ${aspect.name[lang]} | ${aspect.n} | ${estimateText(aspect.negativeShare, 'share', lang)} |`)
  }
  lines.push('', `## ${say.how}`, '', report.method[lang], '', say.candidates(report.candidates), '')
  return lines.join('\n')
}

function driverLines(driver: ReportDriver, lang: Lang): string[] {
  const say = words[lang]
  const { value, low, high } = driver.effect
  return [
    `### ${driver.sentence[lang]}`,
    '',
    `${driver.outcome[lang]} **${difference(value, driver.unit, lang)}** (${say.interval} ${interval(low, high, driver.unit, lang)}) · ${say.with} ${estimateText(driver.exposed, driver.unit, lang)} · ${say.without} ${estimateText(driver.control, driver.unit, lang)}`,
    '',
    ...driver.quotes.map(
      (quote) =>
        `> ${escapeMarkdown(quote.text.slice(0, quote.start))}**${escapeMarkdown(quote.text.slice(quote.start, quote.end))}**${escapeMarkdown(quote.text.slice(quote.end))}\n`,
    ),
  ]
}

const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&').replace(/\s+/g, ' ')
