import { otherComplaints, sortCategories } from './complaints.ts'
import { excerpt } from './excerpt.ts'
import { difference, estimateText, interval } from './figures.ts'
import type {
  Lang,
  Report,
  ReportApart,
  ReportAspect,
  ReportCategory,
  ReportComparison,
  ReportDriver,
  ReportQuote,
} from './shape.ts'
import { calledIn } from './shape.ts'
import { words } from './words.ts'

/** The report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
export function reportHtml(report: Report, lang: Lang): string {
  const say = words[lang]
  const { told, silent } = sortCategories(report)
  const body = [
    report.tenant.simulated ? `<p class="sim">${say.simulated}</p>` : '',
    `<header><h1>${say.title}<small>${escapeHtml(calledIn(lang, report.tenant))}</small></h1><p>${report.period.from} – ${report.period.to} · ${say.made} ${report.madeAt}</p></header>`,
    `<p>${say.counts(report)}</p><p class="quiet">${say.reader}: ${escapeHtml(report.reader.engine)}. ${report.reader.note ? escapeHtml(report.reader.note) : ''}</p>`,
    report.reader.llm ? `<p class="quiet">${say.llm(report.reader.llm)}</p>` : '',
    `<h2>${say.indicators}</h2><dl>${report.indicators.map((one) => `<dt>${escapeHtml(one.name[lang])}</dt><dd>${estimateText(one.estimate, one.unit, lang)}</dd>`).join('')}</dl>`,
    report.drivers.length > 0
      ? `<h2>${say.overall}</h2>${report.drivers.map((driver) => driverHtml(driver, lang)).join('')}`
      : '',
    report.apart.length > 0 ? `<h2>${say.apart}</h2>${report.apart.map((one) => apartHtml(one, lang)).join('')}` : '',
    ...told.map((category) => categoryHtml(category, lang)),
    silent.length > 0 ? `<p class="quiet">${escapeHtml(say.silent(silent))}</p>` : '',
    `<h2>${say.how}</h2><p>${escapeHtml(report.method[lang])}</p><p>${say.candidates(report.candidates)}</p>`,
  ]
  return `<!doctype html><html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say.title}: ${escapeHtml(calledIn(lang, report.tenant))}</title><style>${STYLE}</style></head><body><main>${body.join('\n')}</main></body></html>\n`
}

function apartHtml({ what, orders, outcome, unit, estimate }: ReportApart, lang: Lang): string {
  return `<article><h3>${escapeHtml(what[lang])} <small>${words[lang].orders(orders)}</small></h3><p>${escapeHtml(outcome[lang])} ${estimateText(estimate, unit, lang)}</p></article>`
}

function categoryHtml(category: ReportCategory, lang: Lang): string {
  const say = words[lang]
  const head = `<h2>${escapeHtml(category.name[lang] || say.noCategory)}<small>${say.categoryVoices(category.voices)}</small></h2>`
  const drivers = category.drivers.map((driver) => driverHtml(driver, lang))
  const complaints = otherComplaints(category).map((one) => complaintHtml(one, lang))
  const lead = complaints.length > 0 ? `<p class="quiet">${say.lead(category)}</p>` : ''
  return `<section>${head}${drivers.join('')}${lead}${complaints.join('')}${aspectTable(category.aspects, lang)}</section>`
}

function complaintHtml(aspect: ReportAspect, lang: Lang): string {
  const share = estimateText(aspect.negativeShare, 'share', lang)
  return `<article><h3>${escapeHtml(aspect.name[lang])}</h3><p><b>${words[lang].complaints(aspect.negative)}</b> <span class="quiet">${words[lang].negative} ${share}</span></p>${quotesHtml(aspect.quotes)}</article>`
}

function aspectTable(aspects: readonly ReportAspect[], lang: Lang): string {
  if (aspects.length === 0) return ''
  const say = words[lang]
  const rows = aspects.map(
    (one) =>
      `<tr><td>${escapeHtml(one.name[lang])}</td><td>${one.n}</td><td>${one.negative}</td><td>${estimateText(one.negativeShare, 'share', lang)}</td></tr>`,
  )
  return `<table><thead><tr><th>${say.aspect}</th><th>${say.voices}</th><th>${say.complaining}</th><th>${say.negative}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function driverHtml(driver: ReportDriver, lang: Lang): string {
  const also = driver.also.map(
    (one) =>
      `<p class="quiet">${words[lang].also}: ${escapeHtml(one.sentence[lang])}<br>${comparisonHtml(one, lang)}</p>`,
  )
  return `<article><h3>${escapeHtml(driver.sentence[lang])}</h3>${leadHtml(driver, lang)}<p class="quiet">${comparisonHtml(driver, lang)}</p>${also.join('')}${quotesHtml(driver.quotes)}</article>`
}

function leadHtml({ effect, unit, outcome }: ReportComparison, lang: Lang): string {
  return `<p><b>${difference(effect.value, unit, lang)}</b> ${escapeHtml(outcome[lang])} <span class="quiet">${words[lang].interval} ${interval(effect.low, effect.high, unit, lang)}</span></p>`
}

const comparisonHtml = ({ exposed, control, unit }: ReportComparison, lang: Lang): string =>
  `${words[lang].with} ${estimateText(exposed, unit, lang)} · ${words[lang].without} ${estimateText(control, unit, lang)}`

function quotesHtml(quotes: readonly ReportQuote[]): string {
  const parts = quotes.map(excerpt)
  return parts
    .map(
      ({ before, evidence, after }) =>
        `<blockquote>${escapeHtml(before)}${evidence && `<mark>${escapeHtml(evidence)}</mark>`}${escapeHtml(after)}</blockquote>`,
    )
    .join('')
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!)

const STYLE = `
:root { color-scheme: light dark; --text: #17182f; --quiet: #65678a; --line: #e6e6ef; --page: #f6f6fa; --surface: #fff; --neg: #b23a12; --negbg: #fcece5; --gold: #855600; --goldbg: #fdf4df }
@media (prefers-color-scheme: dark) { :root { --text: #ececf7; --quiet: #8e91b3; --line: #272945; --page: #0d0e1c; --surface: #15162a; --neg: #ff9a73; --negbg: #3a2019; --gold: #f2c46c; --goldbg: #30271c } }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.6 Inter, "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
main { max-width: 860px; margin: 0 auto; padding: 32px 20px 80px }
h1 { font-size: 28px; margin: 0 } h2 { font-size: 20px; margin: 40px 0 12px } h3 { font-size: 16px; margin: 0 0 4px }
small { font-size: 14px; font-weight: 400; color: var(--quiet); margin-left: 12px }
article { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 16px 20px; margin: 12px 0 }
article p { margin: 2px 0 } b { font-size: 20px; color: var(--neg); font-variant-numeric: tabular-nums }
blockquote { margin: 8px 0 0; padding: 0 0 0 12px; border-left: 2px solid var(--line) }
mark { background: var(--negbg); color: inherit; text-decoration: underline wavy var(--neg) 1px; text-underline-offset: 4px }
.quiet { color: var(--quiet) } .sim { background: var(--goldbg); color: var(--gold); padding: 8px 14px; border-radius: 6px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px } dt { color: var(--quiet) } dd { margin: 0 }
table { border-collapse: collapse; width: 100%; margin-top: 12px } th { text-align: left; font-weight: 400; color: var(--quiet) }
td, th { border-bottom: 1px solid var(--line); padding: 6px 12px 6px 0 }
`
