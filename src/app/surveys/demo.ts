import { DEMO } from '../../core/tenant.ts'
import { FORMAT, surveyDefinition } from '../../listen/surveys/definition.ts'
import { inviteDue, listInvitations } from '../../listen/surveys/invite.ts'
import { createSurvey, findSurvey, handOut, listSurveys, type Survey } from '../../listen/surveys/keep.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import type { Core } from '../core.ts'

const DAY_MS = 86_400_000
const DAYS = 14
const BY = 'demo'

const definition = surveyDefinition.parse({
  format: FORMAT,
  languages: ['zh', 'en'],
  title: { zh: '收货回访（模拟）', en: 'After delivery (simulated)' },
  questions: [
    {
      id: 'nps',
      type: 'nps',
      required: true,
      ask: { zh: '您有多大可能把我们推荐给朋友？', en: 'How likely are you to recommend us to a friend?' },
      low: { zh: '完全不会', en: 'Not at all' },
      high: { zh: '非常愿意', en: 'Very likely' },
    },
    {
      id: 'why',
      type: 'text',
      explains: 'nps',
      ask: { zh: '打这个分，主要是因为什么？', en: 'What is the main reason for your score?' },
    },
  ],
  thanks: { title: { zh: '谢谢您', en: 'Thank you' } },
})

/**
 * The demo market's own survey: its customers are invited day by day as the rule would have it, and those whose NPS answer the market
 * holds have answered. Their voices are in already, so nothing is told. Run again, it adds what is missing. `until` is its last moment.
 */
export async function fillDemoSurvey({ stores }: Pick<Core, 'stores'>, until: number): Promise<void> {
  const survey = await demoSurvey(stores.db, until)
  for (let day = DAYS; day >= 0; day--)
    await inviteDue(stores, DEMO, [survey], { now: until - day * DAY_MS, coolDownDays: 30 })
  const answers = await answersByOrder(stores)
  const rows = (await listInvitations(stores.db, survey, 100_000)).flatMap(({ id, orderId, invitedAt }) => {
    const given = answers.get(orderId)
    if (!given) return []
    const at = new Date(Math.min(Math.max(given.at, invitedAt), until))
    return {
      ...{ tenant: DEMO, survey_id: survey.id, id, slot: `i:${id}`, version: 1, state: 'complete' as const },
      ...{ invitation_id: id, language: 'zh', channel: 'single', owing: false },
      answers: JSON.stringify({ nps: given.rating, why: given.text || null }),
      ...{ shown_at: at, started_at: at, saved_at: at, completed_at: at, settled_at: at },
    }
  })
  for (let at = 0; at < rows.length; at += 1_000)
    await stores.db
      .insertInto('survey_responses')
      .values(rows.slice(at, at + 1_000))
      .onConflict((conflict) => conflict.columns(['tenant', 'survey_id', 'slot']).doNothing())
      .execute()
}

async function demoSurvey(db: Core['stores']['db'], until: number): Promise<Survey> {
  const [known] = await listSurveys(db, DEMO)
  if (known) return known
  const id = await createSurvey(db, DEMO, definition, { actor: BY, now: until })
  const trigger = { kind: 'delivered' as const, afterDays: 2 }
  const rule = { trigger, share: 0.5, categories: [], linkDays: 30 }
  await handOut(db, DEMO, id, { state: 'live', rule }, until - DAYS * DAY_MS)
  return (await findSurvey(db, DEMO, id))!
}

/** The market's NPS answers, by order. */
async function answersByOrder({ analytics }: Core['stores']) {
  const rows = await analytics.query<{ orderId: string; rating: number; text: string; at: number }>(sql`
    SELECT order_id AS orderId, assumeNotNull(rating) AS rating, text, at FROM voices
    WHERE tenant = ${DEMO} AND metric = 'nps' AND speaker = 'customer' AND order_id != '' AND rating IS NOT NULL`)
  return new Map(rows.map((row) => [row.orderId, row]))
}
