import { listTickets, type Ticket } from '../act/tickets.ts'
import { addDays, localDay } from '../core/clock.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { daysOfWeek, weekOf } from '../core/week.ts'
import { measureBadWeek } from '../measure/badness.ts'
import { type Slice, wholeSlice, within } from '../measure/slice.ts'
import { sql } from '../store/clickhouse/sql.ts'
import type { Core } from './core.ts'
import type { createEffects } from './effects.ts'
import type { Findings } from './findings.ts'
import type { Mining } from './mining.ts'
import { quotesOf } from './quotes.ts'
import { agendaOf } from './review/agenda.ts'
import type { Review, ReviewAspect, ReviewTicket, ReviewTopic } from './review/shape.ts'
import type { Period } from './tenancy.ts'

const SHOWN_WEEKS = 12
const MOST_TOPICS = 8
/** Where all categories are asked for, topics are mined in so many of the largest. */
const MINED_CATEGORIES = 6

interface Parts {
  findings: Findings
  effects: ReturnType<typeof createEffects>
  mining: Mining
}

/** Prepares the weekly review of bad voices. */
export function createReview(core: Core, { findings, effects, mining }: Parts) {
  const { stores, tenancy, names } = core
  const { analytics, db } = stores

  async function review(
    tenant: TenantId,
    asked: { week?: string; category?: string },
    now: number,
  ): Promise<Result<Review>> {
    const { name, nameEn, zone } = await tenancy.find(tenant)
    const extent = await tenancy.extent(tenant)
    const today = localDay(now, zone)
    const lastDay = extent && extent.to < today ? extent.to : today
    const week = asked.week ?? lastWholeWeek(lastDay, extent?.from ?? lastDay)
    const period = daysOfWeek(week)
    if (!period)
      return fail({
        code: 'bad_week',
        message: `${week} is no week`,
        where: 'week',
        remedy: 'Write a week as 2026-W48: ISO weeks, from Monday.',
      })
    const category = asked.category ?? ''
    const slice = { ...wholeSlice(tenant, period.from, period.to), category: category === '' ? [] : [category] }
    const [measured, topics, tickets, proofs, simulated] = await Promise.all([
      measureBadWeek(analytics, slice),
      topicsOf(tenant, category, period),
      ticketsOf(tenant, category, slice, now),
      effects.list(tenant, now),
      tenancy.isSimulated(tenant),
    ])
    const aspects: ReviewAspect[] = measured.aspects.map((one) => asAspect(one, category))
    const base: Omit<Review, 'agenda'> = {
      tenant: { id: tenant, name, nameEn, simulated },
      category,
      categoryName: category === '' ? null : wordsOf(names.category(category)),
      week,
      period,
      days: extent ? daysIn(period, extent) : 0,
      weeks: extent ? weeksUntil(lastDay, extent.from) : [],
      madeAt: now,
      voices: measured.voices,
      trend: measured.weeks,
      aspects,
      quotes: await quotesOf(
        analytics,
        slice,
        aspects.map((one) => one.aspect),
      ),
      ...topics,
      tickets,
      effects: proofs
        .filter((one) => category === '' || one.category === category)
        .map(({ id, what, proof }) => ({ id, what, verdict: proof.verdict, sentence: proof.sentence })),
      owners: ownersOf(aspects, tickets),
    }
    return ok({ ...base, agenda: agendaOf(base) })
  }

  function asAspect(
    { scenes, ...one }: Awaited<ReturnType<typeof measureBadWeek>>['aspects'][number],
    category: string,
  ) {
    const about = { category, factor: 'aspect', aspect: one.aspect }
    return {
      ...one,
      name: wordsOf(names.aspect(one.aspect)),
      owner: departmentOf(names.owner(about)),
      advice: names.advice(about),
      scenes: scenes.map((scene) => ({ ...scene, name: wordsOf(names.scene(scene.scene)) })),
    }
  }

  const departmentOf = (id: string) => names.departments.find((one) => one.id === id) ?? { id, zh: id, en: id }

  async function topicsOf(tenant: TenantId, category: string, period: Period) {
    const categories = category === '' ? await largest(tenant, period) : [category]
    const mined: Awaited<ReturnType<Mining['topics']>>[] = []
    // One after the other: each asks both stores, and a page need not take all their connections.
    for (const one of categories) mined.push(await mining.topics(tenant, one, period))
    const topics: ReviewTopic[] = mined.flatMap(({ value }, at) =>
      (value ?? []).map((topic) => {
        const about = { category: categories[at]!, factor: 'aspect', aspect: topic.aspect ?? '' }
        return {
          ...topic,
          category: categories[at]!,
          aspectName: topic.aspect === null ? null : wordsOf(names.aspect(topic.aspect)),
          owner: topic.aspect === null ? null : departmentOf(names.owner(about)),
        }
      }),
    )
    topics.sort((a, b) => b.now.voices - a.now.voices)
    return { topics: topics.slice(0, MOST_TOPICS), topicsReady: mined.every((one) => one.ready) }
  }

  async function largest(tenant: TenantId, { from, to }: Period): Promise<string[]> {
    const rows = await analytics.query<{ category: string }>(sql`
      SELECT category FROM voices WHERE ${within(wholeSlice(tenant, from, to), 'voices')} AND speaker = 'customer' AND category != ''
      GROUP BY category ORDER BY count() DESC, category LIMIT ${MINED_CATEGORIES}`)
    return rows.map((row) => row.category)
  }

  /** Tickets that are open, or were opened or closed in the week; of one category those whose finding is about it. */
  async function ticketsOf(
    tenant: TenantId,
    category: string,
    { from, to }: Slice,
    now: number,
  ): Promise<ReviewTicket[]> {
    const [all, found, { zone }] = await Promise.all([
      listTickets(db, tenant),
      findings.list(tenant),
      tenancy.find(tenant),
    ])
    const categoryOf = new Map(found.findings.map((one) => [one.id, one.category]))
    const inWeek = (at: number | null) => at !== null && localDay(at, zone) >= from && localDay(at, zone) <= to
    const concerns = (ticket: Ticket) =>
      category === '' || (ticket.findingId !== null && categoryOf.get(ticket.findingId) === category)
    return all
      .filter(concerns)
      .filter((ticket) => ticket.state !== 'closed' || inWeek(ticket.createdAt) || inWeek(ticket.closedAt))
      .map((ticket) => ({
        id: ticket.id,
        findingId: ticket.findingId,
        title: ticket.title,
        department: departmentOf(ticket.department),
        state: ticket.state,
        createdAt: ticket.createdAt,
        closeDueAt: ticket.closeDueAt,
        closedAt: ticket.closedAt,
        late: (ticket.closedAt ?? now) > ticket.closeDueAt,
      }))
  }

  return review
}

const wordsOf = ({ zh, en }: { zh: string; en: string }) => ({ zh, en })

function ownersOf(aspects: readonly ReviewAspect[], tickets: readonly ReviewTicket[]): Review['owners'] {
  const departments = new Map<string, Review['owners'][number]>()
  const entryOf = (department: ReviewAspect['owner']) => {
    const entry = departments.get(department.id) ?? { department, aspects: [], blamed: 0, openTickets: 0 }
    departments.set(department.id, entry)
    return entry
  }
  for (const { owner, name, blamed } of aspects) {
    const entry = entryOf(owner)
    entry.aspects.push(name)
    entry.blamed += blamed
  }
  for (const { department, state } of tickets) if (state !== 'closed') entryOf(department).openTickets++
  return [...departments.values()].sort((a, b) => b.blamed - a.blamed || b.openTickets - a.openTickets)
}

/** The last week that is over, since a meeting looks back; the running one where there is no other. */
function lastWholeWeek(lastDay: string, firstDay: string): string {
  const running = weekOf(lastDay)
  const before = weekOf(addDays(lastDay, -7))
  const isOver = daysOfWeek(running)!.to <= lastDay
  return isOver || daysOfWeek(before)!.to < firstDay ? running : before
}

function daysIn(period: Period, extent: Period): number {
  let days = 0
  for (let at = period.from; at <= period.to; at = addDays(at, 1)) if (at >= extent.from && at <= extent.to) days++
  return days
}

function weeksUntil(lastDay: string, firstDay: string): string[] {
  const weeks: string[] = []
  const oldest = weekOf(firstDay)
  for (let at = lastDay; weeks.length < SHOWN_WEEKS; at = addDays(at, -7)) {
    weeks.push(weekOf(at))
    if (weekOf(at) <= oldest) break
  }
  return weeks
}
