import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStores } from '../../test/stores.ts'
import { DEMO, MAIN } from '../core/tenant.ts'
import { findFinding, keepFindings, listFindings } from './findings.ts'
import { findIntervention, listInterventions, recordIntervention } from './interventions.ts'
import { dueAt, findTicket, listTickets, moveTicket, openTicket } from './tickets.ts'

let stores: Awaited<ReturnType<typeof openTestStores>>

beforeAll(async () => {
  stores = await openTestStores()
})
afterAll(() => stores.remove())

const noon = Date.UTC(2026, 2, 1, 4)
const fresh = (findingId: string | null) => ({
  findingId,
  title: { zh: '夜里抱怨噪音的顾客，退货更多', en: 'Customers who complain of noise at night return more' },
  department: 'hardware-quality',
  actor: '林',
  now: noon,
  firstAnswerWithinMs: 15 * 60_000,
  closeWithinMs: 24 * 3_600_000,
})

describe('tickets', () => {
  test('a ticket has two deadlines, and the first answer moves the running one to the closing', async () => {
    const ticket = await openTicket(stores.db, MAIN, fresh('f-clock'))
    expect(dueAt(ticket)).toBe(noon + 15 * 60_000)
    const moved = await moveTicket(stores.db, MAIN, ticket.id, {
      to: 'answered',
      note: '在查',
      actor: '周',
      now: noon + 60_000,
    })
    expect(moved.ok && dueAt(moved.value)).toBe(noon + 24 * 3_600_000)
  })

  test('pressing the button twenty times at once makes one ticket', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => openTicket(stores.db, MAIN, fresh('f-twenty'))))
    expect(new Set(made.map((ticket) => ticket.id)).size).toBe(1)
  })

  test('after closing, the same finding may have a new ticket', async () => {
    const first = await openTicket(stores.db, MAIN, fresh('f-again'))
    await moveTicket(stores.db, MAIN, first.id, { to: 'closed', note: '已换风扇', actor: '周', now: noon + 1 })
    const second = await openTicket(stores.db, MAIN, fresh('f-again'))
    expect(second.id).not.toBe(first.id)
  })

  test('every move is on record with who, when, from, to and why', async () => {
    const ticket = await openTicket(stores.db, MAIN, fresh('f-record'))
    await moveTicket(stores.db, MAIN, ticket.id, { to: 'answered', note: '已联系供应商', actor: '周', now: noon + 5 })
    await moveTicket(stores.db, MAIN, ticket.id, { to: 'closed', note: '批次已更换', actor: '周', now: noon + 9 })
    const found = await findTicket(stores.db, MAIN, ticket.id)
    expect(found?.changes.map(({ actor, from, to, note, at }) => [actor, from, to, note, at])).toEqual([
      ['林', '', 'open', '', noon],
      ['周', 'open', 'answered', '已联系供应商', noon + 5],
      ['周', 'answered', 'closed', '批次已更换', noon + 9],
    ])
    expect(found).toMatchObject({ state: 'closed', firstAnsweredAt: noon + 5, closedAt: noon + 9 })
  })

  test('a move that makes no sense is refused in words, and nothing is written', async () => {
    const ticket = await openTicket(stores.db, MAIN, fresh('f-refuse'))
    const refused = await moveTicket(stores.db, MAIN, ticket.id, { to: 'open', note: '', actor: '周', now: noon })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'ticket_move' } })
    expect((await findTicket(stores.db, MAIN, ticket.id))?.changes).toHaveLength(1)
  })

  test('another tenant sees no ticket and cannot move it', async () => {
    const ticket = await openTicket(stores.db, MAIN, fresh('f-tenant'))
    expect(await findTicket(stores.db, DEMO, ticket.id)).toBeUndefined()
    expect(
      await moveTicket(stores.db, DEMO, ticket.id, { to: 'closed', note: '', actor: 'x', now: noon }),
    ).toMatchObject({
      ok: false,
      problem: { code: 'not_found' },
    })
    expect((await listTickets(stores.db, DEMO)).map((one) => one.id)).not.toContain(ticket.id)
  })

  test('an id that is no number is simply not there', async () => {
    expect(await findTicket(stores.db, MAIN, "1' or 1=1")).toBeUndefined()
  })
})

describe('findings', () => {
  const driver = (id: string) => ({
    id,
    outcome: 'return',
    category: '取暖器',
    factor: 'aspect',
    aspect: 'noise',
    scene: 'sleep',
  })

  test('a finding keeps the day it was first seen, and one that is not found any more stays on record', async () => {
    await keepFindings(stores.db, MAIN, [driver('a'), driver('b')], noon)
    await keepFindings(stores.db, MAIN, [driver('b')], noon + 1000)
    expect((await listFindings(stores.db, MAIN)).map((one) => [one.driver.id, one.firstSeenAt, one.checkedAt])).toEqual(
      [['b', noon, noon + 1000]],
    )
    expect(await findFinding(stores.db, MAIN, 'a')).toMatchObject({ current: false, firstSeenAt: noon })
    expect(await findFinding(stores.db, DEMO, 'b')).toBeUndefined()
  })
})

describe('interventions', () => {
  test('an intervention written twice under its own name is one', async () => {
    const change = {
      id: 'fan',
      findingId: null,
      what: { zh: '换静音风扇', en: 'A quieter fan' },
      outcome: 'return',
      category: '取暖器',
      at: noon,
      productIds: ['p1'],
      margin: 0.01,
      actor: '林',
      now: noon,
    }
    await recordIntervention(stores.db, MAIN, change)
    await recordIntervention(stores.db, MAIN, { ...change, what: { zh: '别的', en: 'Another' } })
    expect((await listInterventions(stores.db, MAIN)).map((one) => one.what)).toEqual([change.what])
    expect(await findIntervention(stores.db, DEMO, 'fan')).toBeUndefined()
  })
})
