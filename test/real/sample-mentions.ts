import path from 'node:path'
import { parseArgs } from 'node:util'
import { openEmbeddedClickHouse } from '../../src/store/clickhouse/embedded.ts'
import { sql } from '../../src/store/clickhouse/sql.ts'

/**
 * Prints mentions drawn at random, with their whole text, for a person to judge (nothing else may run on the data folder):
 *   node test/real/sample-mentions.ts DATA_FOLDER [--n 100] [--polarity negative] [--seed 1] [--category 酒店]
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    n: { type: 'string', default: '100' },
    polarity: { type: 'string', default: 'negative' },
    seed: { type: 'string', default: '1' },
    category: { type: 'string' },
  },
})
const opened = await openEmbeddedClickHouse(path.join(path.resolve(positionals[0]!), 'clickhouse'))
if (!opened.ok) throw new Error(opened.problem.message)
const analytics = opened.value
const of = values.category === undefined ? sql`1` : sql`category = ${values.category}`
const rows = await analytics.query<{ category: string; aspect: string; text: string; start: number; end: number }>(sql`
  SELECT category, aspect, text, start, end FROM (
    SELECT category, aspect, voice_id AS id, start, end, cityHash64(voice_id, ordinal, ${values.seed}) AS place
    FROM mentions WHERE polarity = ${values.polarity} AND ${of} ORDER BY place LIMIT ${Number(values.n)}
  ) AS drawn ANY INNER JOIN (SELECT id, text FROM voices) AS voices USING (id) ORDER BY category, aspect`)
for (const { category, aspect, text, start, end } of rows)
  console.log(
    `${category} · ${aspect} · ${text.slice(Math.max(0, start - 60), start)}【${text.slice(start, end)}】${text.slice(end, end + 60)}`.replace(
      /\s+/g,
      ' ',
    ),
  )
await analytics.close()
