import type { RuleDraft, Segmentation } from '../../core/alert-rule.ts'
import { fail, ok } from '../../core/result.ts'
import type { WatchBook } from '../../measure/alerts/own-watch.ts'
import { checkRule, DAY_MS, type Rule, unwatchable } from '../../measure/alerts/rule.ts'
import { createWatcher, type WatchPeriod } from '../../measure/alerts/watcher.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import type { LabelOf } from './labels.ts'
import { type Shown, show } from './view.ts'

const PREVIEW_MS = 30 * DAY_MS
const SHOWN = 30

/** What a rule would have told in the last month of the data. Nothing is kept. */
export async function previewRule(
  analytics: Analytics,
  body: RuleDraft,
  { period, book, label, now }: { period: WatchPeriod | null; book: WatchBook; label: LabelOf; now: number },
) {
  if (book.whyNot(body.watch)) return fail(unwatchable)
  const checked = checkRule(body, book.find)
  if (!checked.ok) return checked
  const rule: Rule = { id: 'preview', ...body }
  const none = { incidents: [] as (Shown & { since: number; lastAt: number })[], count: 0, series: 0 }
  if (!period) return ok({ ...none, from: now - PREVIEW_MS, to: now, chart: null })
  const means = { rules: new Map([[rule.id, rule]]), find: book.find, zone: period.zone, label }
  // A watcher of its own: what it learns for a draft is not kept.
  const trial = createWatcher(analytics)
  const found = await trial.judge([rule], period)
  const from = found.until - PREVIEW_MS
  const incidents = found.groups.flatMap(({ since, lastAt, direction, alarms }) => {
    if (lastAt < from) return []
    const named = alarms.map((one) => ({ ...one, dimension: one.by ?? '' }))
    const shown = show({ since, direction, alarms: named }, means)
    return shown ? [{ since, lastAt, ...shown }] : []
  })
  const lead = [...incidents].sort((one, other) => other.urgency - one.urgency)[0]?.lead
  const shown = lead ?? (rule.whole ? { dimension: '', segment: '', label: label('', '') } : null)
  const by = shown && shown.dimension !== '' ? (shown.dimension as Segmentation) : null
  const points = shown ? await trial.seriesOf(rule, by, shown.segment, period, from) : []
  return ok({
    incidents: incidents.reverse().slice(0, SHOWN),
    count: incidents.length,
    series: found.series,
    from,
    to: found.until,
    chart: shown && points.length > 0 ? { ...shown, points } : null,
  })
}
