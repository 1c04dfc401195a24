import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStores } from '../../../test/stores.ts'
import { type TenantId, tenantId } from '../../core/tenant.ts'
import { FORMAT, surveyDefinition } from '../../listen/surveys/definition.ts'
import { type Invitation, inviteDue, listInvitations } from '../../listen/surveys/invite.ts'
import {
  createSurvey,
  definitionsOf,
  findSurvey,
  handOut,
  type Survey,
  saveDefinition,
} from '../../listen/surveys/keep.ts'
import { allResponses, saveAnswers } from '../../listen/surveys/responses.ts'
import { biasOf, comparable, leadOf, resultOf, stepsOf } from './results.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 5, 1)

let stores: Awaited<ReturnType<typeof openTestStores>>
beforeAll(async () => {
  stores = await openTestStores()
}, 120_000)
afterAll(() => stores.remove())

const words = { zh: '推荐吗' }
const definition = surveyDefinition.parse({
  format: FORMAT,
  languages: ['zh'],
  title: words,
  questions: [
    { id: 'nps', type: 'nps', ask: words },
    { id: 'why', type: 'text', ask: words },
  ],
  thanks: { title: words },
})

interface Buyer {
  who: string
  amount: number
  currency?: string
  city?: string
  cancelled?: boolean
  /** Ordered long before too. */
  back?: boolean
}

let tenants = 0
/** A survey of a tenant of its own whose buyers' orders arrived a day ago, and whom it has invited. */
async function invited(buyers: readonly Buyer[]): Promise<Survey> {
  const tenant = tenantId.parse(`shop-${++tenants}`)
  await stores.db.insertInto('tenants').values({ id: tenant, name: tenant, zone: 'UTC', simulated: false }).execute()
  const rows = buyers.flatMap((one) => [
    orderOf(tenant, one, `${one.who}-now`, 3),
    ...(one.back ? [orderOf(tenant, one, `${one.who}-before`, 300)] : []),
  ])
  if (rows.length > 0) await stores.analytics.insert('orders', rows)
  const id = await createSurvey(stores.db, tenant, definition, { actor: 'test', now: NOW - 5 * DAY })
  const rule = { trigger: { kind: 'delivered' as const, afterDays: 0 }, share: 1, categories: [], linkDays: 14 }
  await handOut(stores.db, tenant, id, { state: 'live', rule }, NOW - 5 * DAY)
  const survey = (await findSurvey(stores.db, tenant, id))!
  await inviteDue(stores, tenant, [survey], { now: NOW, coolDownDays: 30 })
  return survey
}

function orderOf(tenant: TenantId, one: Buyer, id: string, daysAgo: number) {
  const at = NOW - daysAgo * DAY
  return {
    ...{ tenant, order_id: id, line: 0, version: 1, customer_ref: one.who, product_id: 'p', merchant_id: 'm' },
    ...{ category: '取暖器', city: one.city ?? '北京', quantity: 1, amount_minor: one.amount },
    ...{ currency: one.currency ?? 'CNY', ordered_at: at, ordered_day: new Date(at).toISOString().slice(0, 10) },
    ...{ delivered_at: at + 2 * DAY, cancelled_at: one.cancelled ? at + DAY : null },
  }
}

async function answer(survey: Survey, invitation: Invitation | null, answers: object, place = 0): Promise<void> {
  const id = invitation?.id ?? `open-${place}`
  const slot = invitation ? `i:${id}` : `r:${id}`
  const who = { slot, responseId: id, invitationId: invitation?.id ?? null }
  const saving = { answers: { ...answers }, language: 'zh', channel: 'link', now: NOW + place }
  const saved = await saveAnswers(stores.db, survey, who, saving)
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
}

async function standing(survey: Survey) {
  const rows = await listInvitations(stores.db, survey, 10_000)
  return { responses: await allResponses(stores.db, survey), of: new Map(rows.map((one) => [one.id, one])), rows }
}
const rowsBy = (bias: ReturnType<typeof biasOf>, dimension: string) =>
  bias
    .find((one) => one.dimension === dimension)
    ?.rows.map(({ group, invited, answered }) => [group, invited, answered])

describe('the results of a survey', () => {
  test('of whom nobody was invited and nobody answered say nothing, and no nought', async () => {
    const survey = await invited([])
    const { responses, of } = await standing(survey)
    expect(stepsOf(responses, of.size)).toMatchObject({
      ...{ invited: 0, shown: 0, started: 0, completed: 0 },
      responseRate: { value: null, n: 0 },
      completionRate: { value: null, n: 0 },
    })
    expect(resultOf(definition.questions[0]!, responses, of)).toMatchObject({ answered: 0, weighted: null })
    expect(resultOf(definition.questions[0]!, responses, of).score).toMatchObject({ value: null, n: 0 })
    expect(biasOf(responses, of)).toEqual([])
  })

  test('count only the invited among the response rate, partial answers as far as they went, and no cancelled order', async () => {
    const survey = await invited([
      ...['ann', 'bo', 'cy', 'di'].map((who) => ({ who, amount: 100 })),
      { who: 'ed', amount: 100, cancelled: true },
    ])
    const { rows } = await standing(survey)
    expect(rows.map(({ customerRef }) => customerRef).sort()).toEqual(['ann', 'bo', 'cy', 'di'])
    await answer(survey, rows[0]!, { nps: 10, why: null })
    await answer(survey, rows[1]!, { nps: 0 })
    await answer(survey, rows[2]!, {})
    await answer(survey, null, { nps: 9, why: '好用' }, 1)
    const { responses, of } = await standing(survey)
    const steps = stepsOf(responses, of.size)
    expect(steps).toMatchObject({ invited: 4, shown: 4, started: 3, completed: 2, responseRate: { value: 0.25, n: 4 } })
    const nps = resultOf(definition.questions[0]!, responses, of)
    expect(nps).toMatchObject({ answered: 3, weighted: { n: 2 } })
    expect(nps.score!.value).toBeCloseTo(100 / 3, 9)
    expect(resultOf(definition.questions[1]!, responses, of)).toMatchObject({
      answered: 1,
      texts: [{ text: '好用', at: NOW + 1 }],
    })
    expect(biasOf(responses, of).find(({ dimension }) => dimension === 'city')!.rows).toMatchObject([
      { group: '北京', invited: 4, answered: 1 },
    ])
  })

  test('do not take answers for those to another kind of question that later had the same name', async () => {
    const survey = await invited([])
    await answer(survey, null, { nps: 9, why: '好用' }, 1)
    const [nps, why] = definition.questions
    const next = surveyDefinition.parse({ ...definition, questions: [{ ...nps, type: 'csat' }, why] })
    await saveDefinition(stores.db, survey.tenant, survey.id, next, { actor: 'test', now: NOW })
    const now = (await findSurvey(stores.db, survey.tenant, survey.id))!
    await answer(now, null, { nps: 4, why: '还行' }, 2)
    const versions = await definitionsOf(stores.db, now)
    const responses = comparable(await allResponses(stores.db, now), next, versions)
    expect(leadOf(next, responses)).toMatchObject({ kind: 'csat', score: { value: 1, n: 1 } })
    expect(resultOf(next.questions[0]!, responses, new Map()).answered).toBe(1)
    expect(resultOf(next.questions[1]!, responses, new Map()).texts.map(({ text }) => text)).toEqual(['还行', '好用'])
    expect(stepsOf(responses, 0)).toMatchObject({ started: 2, completed: 2 })
  })

  test('band what was paid in the currency of most, and leave the others beside it, whichever came last', async () => {
    const buyers: Buyer[] = [
      ...[100, 200, 300, 400, 500, 600].map((amount) => ({ who: `cny-${amount}`, amount })),
      ...[7, 8].map((amount) => ({ who: `usd-${amount}`, amount: amount * 1_000_000, currency: 'USD' })),
    ]
    const survey = await invited(buyers)
    const { rows } = await standing(survey)
    await answer(survey, rows.find(({ customerRef }) => customerRef === 'cny-600')!, { nps: 9, why: null })
    await answer(survey, rows.find(({ customerRef }) => customerRef === 'usd-8')!, { nps: 1, why: null })
    const { responses, of } = await standing(survey)
    const byValue = [
      ['low', 2, 0],
      ['middle', 2, 0],
      ['high', 2, 1],
      ['', 2, 1],
    ]
    expect(rowsBy(biasOf(responses, of), 'value')).toEqual(byValue)
    for (const first of ['usd-7', 'cny-100']) {
      const turned = [...rows].sort((one) => (one.customerRef === first ? -1 : 1))
      expect(rowsBy(biasOf(responses, new Map(turned.map((one) => [one.id, one]))), 'value')).toEqual(byValue)
    }
  })

  test('tell new customers from those who came back, and say nothing of values that are all alike', async () => {
    const survey = await invited([
      ...Array.from({ length: 6 }, (_, i) => ({ who: `new-${i}`, amount: 100 })),
      ...Array.from({ length: 3 }, (_, i) => ({ who: `old-${i}`, amount: 100, back: true })),
    ])
    const { responses, of } = await standing(survey)
    const bias = biasOf(responses, of)
    expect(rowsBy(bias, 'customer')).toEqual([
      ['new', 6, 0],
      ['old', 3, 0],
    ])
    expect(rowsBy(bias, 'value')).toBeUndefined()
  })

  test('weigh the answers of a city that answered more often back to its share of the invited', async () => {
    const survey = await invited([
      ...Array.from({ length: 20 }, (_, i) => ({ who: `bj-${i}`, amount: 100, city: '北京' })),
      ...Array.from({ length: 20 }, (_, i) => ({ who: `sh-${i}`, amount: 100, city: '上海' })),
    ])
    const { rows } = await standing(survey)
    const of = (city: string) => rows.filter((one) => one.city === city)
    for (const one of of('北京').slice(0, 15)) await answer(survey, one, { nps: 10, why: null })
    for (const one of of('上海').slice(0, 5)) await answer(survey, one, { nps: 0, why: null })
    const now = await standing(survey)
    const nps = resultOf(definition.questions[0]!, now.responses, now.of)
    // 15 of 20 promoters: +50. Both cities were asked alike: 0.
    expect(nps.score!.value).toBe(50)
    expect(nps.weighted!.value).toBeCloseTo(0, 6)
    expect(nps.weighted).toMatchObject({ n: 20, coverage: 1, by: ['city'] })
    // Weights of 2/3 and 2: (Σw)² / Σw² = 400 / (15·4/9 + 5·4).
    expect(nps.weighted!.effective).toBeCloseTo(15, 6)
  })
})
