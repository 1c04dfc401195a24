import type { Stores } from '../../store/open.ts'
import { type Belonging, maskedNames } from './belonging.ts'

/** How many rows of each store went, or lost whose they were. */
export type Counts = Record<string, number>

/** What was made of a customer's words, and what was kept beside them: everything in PostgreSQL but the inbox. */
export async function eraseBeside(
  stores: Stores,
  belonging: Belonging,
  { reference, keepOrders }: { reference: string; keepOrders: boolean },
): Promise<Counts> {
  const { tenant, names } = belonging
  const days = belonging.voices.map(({ day }) => day)
  const ids = belonging.voices.map(({ id }) => id)
  const ofVoices = '(voice_id, day) in (select * from unnest($2::text[], $3::text[]))'
  const run = async (text: string, values: unknown[] = [ids, days]) =>
    (await stores.pg.query(text, [tenant, ...values])).rowCount ?? 0
  const links = [...belonging.conversations, ...belonging.sessions, ...belonging.orders]
  return {
    llm_answers: await run(
      `delete from llm_answers where tenant = $1 and key in (select key from llm_readings where tenant = $1 and ${ofVoices})`,
    ),
    llm_readings: await run(`delete from llm_readings where tenant = $1 and ${ofVoices}`),
    corrections: await run(`delete from corrections where tenant = $1 and ${ofVoices}`),
    amendments: await run(`delete from amendments where tenant = $1 and ${ofVoices}`),
    looks: await run(
      `update original_looks set record_id = '' where tenant = $1 and (kind, record_id) in
        (select kind, record_id from originals where tenant = $1 and customer_ref = any($2::text[]))`,
      [names],
    ),
    originals: await run(
      `delete from originals where tenant = $1 and (customer_ref = any($2::text[]) or (kind = 'orders' and record_id = any($3::text[]))
        or (kind = 'voices' and (record_id, day) in (select * from unnest($4::text[], $5::text[]))))`,
      [names, [...belonging.orders], ids, days],
    ),
    order_returns: await run(
      keepOrders
        ? `update order_returns set word = word || '{"reason": ""}' where tenant = $1 and order_id = any($2::text[]) and word->>'reason' <> ''`
        : 'delete from order_returns where tenant = $1 and order_id = any($2::text[])',
      [[...belonging.orders]],
    ),
    survey_responses: await run(
      `delete from survey_responses where tenant = $1 and (id = any($2::text[]) or invitation_id in
        (select id from survey_invitations where tenant = $1 and customer_ref = any($3::text[])))`,
      [[...belonging.conversations, ...belonging.sessions], names],
    ),
    survey_invitations: await run(
      'delete from survey_invitations where tenant = $1 and customer_ref = any($2::text[])',
      [names],
    ),
    dead_letters: await run(
      `delete from dead_letters where tenant = $1 and exists
        (select 1 from unnest($2::text[]) as n where strpos(record, n) > 0 or strpos(reason, n) > 0)`,
      [[...quoted([...names, ...links]), ...names.filter(isTelling), ...maskedNames(reference)]],
    ),
    rereads: await eraseFromRereads(stores, belonging),
  }
}

/** As a JSON value: `"7"` is an order's id, 7 is in every second text. */
const quoted = (values: readonly string[]): string[] => values.map((value) => JSON.stringify(value))
/** Long enough to be found within a text and mean nobody else. */
const isTelling = (name: string): boolean => name.length >= 6

/** Rows that were written down to be put in the place of others. */
async function eraseFromRereads({ db }: Stores, { tenant, names, voices }: Belonging): Promise<number> {
  const rows = await db
    .selectFrom('rereads')
    .select(['id', 'pending'])
    .where('tenant', '=', tenant)
    .where('pending', 'is not', null)
    .execute()
  const mine = new Set(voices.map(({ day, id }) => `${day} ${id}`))
  let erased = 0
  for (const { id, pending } of rows) {
    const before = JSON.parse(pending!) as {
      voices: { day: string; id: string; customer_ref: string }[]
      mentions: { day: string; voice_id: string }[]
    }
    for (const { day, id: voice, customer_ref } of before.voices)
      if (names.includes(customer_ref)) mine.add(`${day} ${voice}`)
    const after = {
      voices: before.voices.filter((voice) => !mine.has(`${voice.day} ${voice.id}`)),
      mentions: before.mentions.filter((mention) => !mine.has(`${mention.day} ${mention.voice_id}`)),
    }
    const gone = before.voices.length - after.voices.length
    if (gone === 0) continue
    erased += gone
    // A portion of nothing would be taken for the end: then it is made anew.
    const next = after.voices.length > 0 ? JSON.stringify(after) : null
    await db.updateTable('rereads').set({ pending: next }).where('tenant', '=', tenant).where('id', '=', id).execute()
  }
  return erased
}
