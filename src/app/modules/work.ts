import { openTicket, type Ticket } from '../../act/tickets.ts'
import { fromLocal } from '../../core/clock.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import { sameIn, type Words } from '../../core/words.ts'
import { mask } from '../../listen/mask.ts'
import { plain } from '../../listen/parse.ts'
import { ownIndicators } from '../../measure/indicators/own/keep.ts'
import type { Kpi, Module } from '../../measure/modules/define.ts'
import { type Owner, ownersOf, recordChange, setOwner, setTarget } from '../../measure/modules/keep.ts'
import { findKpi, findModule } from '../../measure/modules/list.ts'
import { indicatorOf } from '../../measure/modules/measure.ts'
import { dropNote, keepNote, type ReviewNote } from '../../measure/modules/notes.ts'
import { layInto, MOST_ADDED, moduleOf } from '../../measure/modules/own.ts'
import type { Target } from '../../measure/modules/target.ts'
import type { Core } from '../core.ts'

/** Who does it, and when (epoch milliseconds). */
interface By {
  actor: string
  now: number
}

export interface NewNote {
  from: string
  to: string
  text: string
  decisions: string[]
  /** What is to be done; each becomes a ticket, so that it has an owner, clocks and an end. */
  actions: { what: string; department: string; due: string | null }[]
}

/** UTF-16 units of a note. */
const LONGEST = 10_000

/** Where the values of a unit can lie. */
const bounds: Record<string, readonly [number, number]> = { share: [0, 1], points: [-100, 100], score: [1, 7] }

/** What people change of a module: targets, owner, the notes of reviews, tickets. */
export function createModuleWork(core: Core) {
  const { stores, tenancy, departments, changes } = core
  const { db } = stores

  async function target(
    tenant: TenantId,
    id: string,
    { kpi: kpiId, target }: { kpi: string; target: Target | null },
    by: By,
  ): Promise<Result<{ kpi: string; target: Target | null }>> {
    const module = await moduleOf(db, tenant, id)
    const kpi = module && findKpi(module, kpiId)
    if (!kpi) return missing(id)
    const wrong = target && faultOf(kpi, target)
    if (wrong) return fail(wrong)
    await setTarget(db, tenant, { module: id, kpi: kpi.id, target }, by)
    changes.publish(tenant, ['modules'])
    return ok({ kpi: kpi.id, target })
  }

  /** Lays one of the tenant's own indicators into a module, or takes it out; both go on record. */
  async function figure(
    tenant: TenantId,
    id: string,
    { indicator, shown }: { indicator: string; shown: boolean },
    by: By,
  ): Promise<Result<{ indicator: string; shown: boolean }>> {
    const [module, own] = await Promise.all([moduleOf(db, tenant, id), ownIndicators(db, tenant)])
    if (!module) return missing(id)
    const there = module.kpis.filter((kpi) => kpi.own)
    const is = there.some((kpi) => kpi.id === indicator)
    if (shown && !own.some((one) => one.id === indicator)) return missing(`${id} · ${indicator}`)
    if (shown && !is && there.length >= MOST_ADDED)
      return fail({ code: 'too_many_figures', message: `a module has at most ${MOST_ADDED} indicators of one’s own` })
    if (is !== shown) {
      await layInto(db, tenant, { module: id, indicator, shown, now: by.now })
      await recordChange(db, tenant, { module: id, kpi: indicator, before: { shown: is }, after: { shown } }, by)
      changes.publish(tenant, ['modules'])
    }
    return ok({ indicator, shown })
  }

  async function owner(tenant: TenantId, id: string, wanted: Owner, by: By): Promise<Result<Owner>> {
    const module = findModule(id)
    if (!module) return missing(id)
    if (!departments.has(wanted.department)) return noDepartment(wanted.department)
    await setOwner(db, tenant, { module: id, before: await ownerOf(tenant, module), owner: wanted }, by)
    changes.publish(tenant, ['modules'])
    return ok(wanted)
  }

  const ownerOf = async (tenant: TenantId, module: Module): Promise<Owner> =>
    (await ownersOf(db, tenant)).get(module.id) ?? { department: module.department, person: '' }

  /** A review's note. Telephones and the like are covered before it is kept, as in everything that people write. */
  async function note(tenant: TenantId, id: string, wish: NewNote, by: By): Promise<Result<ReviewNote>> {
    const module = findModule(id)
    if (!module) return missing(id)
    const unknown = wish.actions.find((action) => !departments.has(action.department))
    if (unknown) return noDepartment(unknown.department)
    const clean = (text: string) => mask(plain(text, LONGEST))
    const made: Ticket[] = []
    for (const [place, action] of wish.actions.entries())
      made.push(
        await open(tenant, module, {
          ...by,
          mark: `note:${by.now.toString(36)}-${place}`,
          title: sameIn(clean(action.what)),
          department: action.department,
          due: action.due,
        }),
      )
    const kept = await keepNote(db, tenant, id, {
      ...{ from: wish.from, to: wish.to, text: clean(wish.text), decisions: wish.decisions.map(clean) },
      ...{ ticketIds: made.map((one) => one.id), author: by.actor, at: by.now },
    })
    changes.publish(tenant, made.length > 0 ? ['modules', 'tickets'] : ['modules'])
    return ok(kept)
  }

  async function forgetNote(tenant: TenantId, id: string, noteId: string): Promise<Result<{ id: string }>> {
    if (!(await dropNote(db, tenant, id, noteId))) return missing(`${id} · ${noteId}`)
    changes.publish(tenant, ['modules'])
    return ok({ id: noteId })
  }

  /** A ticket about a figure, for the module's owner; the one still open is returned if there is one. */
  async function ticket(tenant: TenantId, id: string, kpiId: string, by: By): Promise<Result<Ticket>> {
    const module = await moduleOf(db, tenant, id)
    const kpi = module && findKpi(module, kpiId)
    if (!module || !kpi) return missing(id)
    const about = indicatorOf(kpi, [])
    const { department } = await ownerOf(tenant, module)
    const title = {
      zh: `${module.zh} · ${about.zh}：请查看差在哪里`,
      en: `${module.en} · ${about.en}: look into where it falls short`,
    }
    const made = await open(tenant, module, { ...by, mark: `kpi:${kpi.id}`, title, department, due: null })
    changes.publish(tenant, ['modules', 'tickets'])
    return ok(made)
  }

  async function open(
    tenant: TenantId,
    module: Module,
    { mark, title, department, due, actor, now }: Opening,
  ): Promise<Ticket> {
    const { settings, zone } = await tenancy.find(tenant)
    const closeWithinMs = due === null ? settings.closeHours * 3_600_000 : Math.max(0, endOf(due, zone) - now)
    const firstAnswerWithinMs = settings.firstAnswerMinutes * 60_000
    return openTicket(db, tenant, {
      ...{ findingId: `${prefixOf(module)}${mark}`, title, department, actor, now, closeWithinMs },
      firstAnswerWithinMs: Math.min(firstAnswerWithinMs, closeWithinMs),
    })
  }

  return {
    isOwn: (module: Module, findingId: string) => findingId.startsWith(prefixOf(module)),
    doors: { target, figure, owner, note, forgetNote, ticket },
  }
}

interface Opening extends By {
  /** What the ticket is about, within the module. */
  mark: string
  title: Words
  department: string
  due: string | null
}

const prefixOf = ({ id }: Module) => `module:${id}:`

/** What a person wrote is kept as written, whatever the page's language. */

/** The moment at which a local day is over. */
function endOf(day: string, zone: string): number {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return fromLocal(zone, [year, month, date + 1])
}

function faultOf(kpi: Kpi, { value, stretch }: Target) {
  const { unit, higherIsBetter } = indicatorOf(kpi, [])
  const [least, most] = bounds[unit] ?? [0, Number.MAX_SAFE_INTEGER]
  const outside = [value, stretch].some((one) => one !== null && (one < least || one > most))
  if (outside)
    return {
      code: 'target_outside',
      message: `the values of ${kpi.id} lie between ${least} and ${most}`,
      remedy: unit === 'share' ? 'Write 95 % as 0.95.' : undefined,
      where: 'target',
    }
  if (stretch !== null && (higherIsBetter ? stretch <= value : stretch >= value))
    return { code: 'stretch_easier', message: 'the stretch is no harder than the target', where: 'target' }
  return null
}

const missing = (id: string): Result<never> => fail({ code: 'not_found', message: `there is no module ${id} here` })

const noDepartment = (id: string): Result<never> =>
  fail({ code: 'no_department', message: `there is no department ${id}`, where: 'department' })
