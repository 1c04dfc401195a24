import { listTickets, openTicket } from '../act/tickets.ts'
import { fail, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { touchpoints as places, type ShownFigure } from '../core/touchpoint.ts'
import { type EvidenceQuestion, readEvidence } from '../measure/indicators/evidence.ts'
import { positiveShare } from '../measure/indicators/positive_share/positive_share.ts'
import { countingOf } from '../measure/journey/evidence.ts'
import { measureJourney, type TouchpointOnMap } from '../measure/journey/journey.ts'
import { previousSlice } from '../measure/slice.ts'
import type { Core } from './core.ts'
import type { Finding, Findings } from './findings.ts'
import type { AskedSlice } from './measures.ts'

export interface AskedCases extends AskedSlice, Pick<EvidenceQuestion, 'side' | 'cursor' | 'limit'> {
  of: ShownFigure
}

const missing = (what: string): Result<never> =>
  fail({ code: 'not_found', message: `there is no record to show of ${what}` })

/** Departments that own a touchpoint of the operation, where no aspect says so. */
const ownerByOperation: Readonly<Record<string, string>> = {
  'fulfil.ship': 'delivery',
  'fulfil.deliver': 'delivery',
  'fulfil.install': 'installation',
  'browse.enquiry': 'customer-service',
  'aftersale.service': 'customer-service',
  'aftersale.return': 'after-sale',
  'aftersale.refund': 'after-sale',
  'trade.cart': 'software',
  'trade.checkout': 'software',
  'trade.pay': 'software',
  'browse.search': 'software',
  'browse.detail': 'product-content',
}

/** The journey on one map: what is measured at each touchpoint, who owns it, which findings and tickets concern it. */
export function createJourney(core: Core, findings: Findings) {
  const { stores, tenancy, names, departments } = core
  const touchpointOf = new Map(names.aspects.map((aspect) => [aspect.id, aspect.touchpoint]))
  const ownerOf = ownersOf(names.aspects, departments)

  async function map(tenant: TenantId, { category, merchant, product, city, ...asked }: AskedSlice, now: number) {
    const slice = { tenant, ...(await tenancy.period(tenant, asked, now)), category, merchant, product, city }
    const [{ settings }, asOf, extent] = await Promise.all([
      tenancy.find(tenant),
      tenancy.knownUntil(tenant, now),
      tenancy.extent(tenant),
    ])
    const before = previousSlice(slice)
    const comparable = (extent?.from ?? before.from) <= before.from
    const [journey, found, tickets] = await Promise.all([
      measureJourney(stores.analytics, slice, {
        asOf,
        returnWindowDays: settings.returnWindowDays,
        places: touchpointOf,
        answerWithinMinutes: settings.firstAnswerMinutes,
        comparable,
      }),
      findings.list(tenant),
      listTickets(stores.db, tenant),
    ])
    const open = tickets.filter(({ state }) => state !== 'closed')
    const concern = (finding: Finding) =>
      category.length === 0 || finding.category === '' || category.includes(finding.category)
    return {
      period: { from: slice.from, to: slice.to },
      previous: { from: before.from, to: before.to },
      comparable,
      stages: journey.stages,
      touchpoints: journey.touchpoints.map((one) => {
        const here = found.findings.filter((finding) => names.touchpoint(finding) === one.id && concern(finding))
        const marks = new Set([...here.map(({ id }) => id), markOf(one.id)])
        return {
          ...one,
          owner: ownerOf(one),
          findingIds: here.map(({ id }) => id),
          openTickets: open.filter(({ findingId }) => findingId && marks.has(findingId)).map(({ id }) => id),
        }
      }),
    }
  }

  /** The cases behind a figure of a touchpoint, or of a stage: as many as its n. */
  async function evidence(tenant: TenantId, id: string, asked: AskedCases, now: number) {
    const { of, side, cursor, limit, category, merchant, product, city, ...days } = asked
    const [{ settings }, asOf, period] = await Promise.all([
      tenancy.find(tenant),
      tenancy.knownUntil(tenant, now),
      tenancy.period(tenant, days, now),
    ])
    const aspects = names.aspects.filter(({ touchpoint }) => touchpoint === id).map((aspect) => aspect.id)
    const counting = countingOf(of, { id, aspects, answerWithinMinutes: settings.firstAnswerMinutes })
    if (!counting) return missing(`${id} · ${of}`)
    return readEvidence(
      stores.analytics,
      { ...positiveShare, counting },
      {
        ...{ asOf, returnWindowDays: settings.returnWindowDays, side, cursor, limit },
        slice: { tenant, ...period, category, merchant, product, city },
      },
    )
  }

  /** A ticket about a touchpoint as a whole, for the department that owns it; the one still open is returned if there is one. */
  async function ticket(tenant: TenantId, id: string, actor: string, now: number) {
    const place = places.find((one) => one.id === id)
    if (!place) return undefined
    const owner = ownerOf({ id, topAspects: [] })
    const { settings } = await tenancy.find(tenant)
    const made = await openTicket(stores.db, tenant, {
      findingId: markOf(id),
      title: {
        zh: `旅程 · ${place.zh}：请查看卡点与差评`,
        en: `Journey · ${place.en}: look into friction and complaints`,
      },
      department: owner ?? [...departments][0]!,
      actor,
      now,
      firstAnswerWithinMs: settings.firstAnswerMinutes * 60_000,
      closeWithinMs: settings.closeHours * 3_600_000,
    })
    core.changes.publish(tenant, ['tickets'])
    return made
  }

  return { map, evidence, ticket }
}

/** Tickets are opened once for what they are about; a touchpoint is known by this. */
export const markOf = (touchpoint: string) => `touchpoint:${touchpoint}`

/**
 * Who mends a touchpoint: the owner of the aspect that is complained of most there, else whoever runs it, else the owner of most of its
 * aspects in the packs.
 */
function ownersOf(aspects: Core['names']['aspects'], departments: ReadonlySet<string>) {
  const owners = new Map(aspects.map(({ id, owner }) => [id, owner]))
  const most = (touchpoint: string) => {
    const counts = new Map<string, number>()
    for (const one of aspects.filter((each) => each.touchpoint === touchpoint))
      counts.set(one.owner, (counts.get(one.owner) ?? 0) + 1)
    return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0]
  }
  return ({ id, topAspects }: Pick<TouchpointOnMap, 'id' | 'topAspects'>): string | null => {
    const worst = topAspects[0]
    const ofWorst = worst && worst.negative > 0 ? owners.get(worst.aspect) : undefined
    const running = ownerByOperation[id]
    const found = ofWorst ?? (running && departments.has(running) ? running : most(id))
    return found ?? null
  }
}
