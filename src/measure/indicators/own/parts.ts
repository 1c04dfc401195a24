import { provinceOf } from '../../../core/provinces.ts'
import type { Words } from '../../../core/words.ts'
import type { Analytics } from '../../../store/clickhouse/analytics.ts'
import { join, type Sql, sql, trusted } from '../../../store/clickhouse/sql.ts'
import { type Slice, within } from '../../slice.ts'
import type { Unit } from '../define.ts'
import { type OwnNumber, type OwnTable, type OwnWord, ownNumbers, ownTables, ownWords } from './definition.ts'
import { numberFields, tableNames, wordFields } from './fields.ts'
import type { NameOf } from './words.ts'

/** What a definition can be put together from: the kinds of records, and for each what can be asked of it. */
export interface OwnParts {
  tables: (Words & {
    id: OwnTable
    caseZh: string
    caseEn: string
    words: (Words & { id: OwnWord; values: (Words & { value: string })[]; closed: boolean })[]
    numbers: (Words & { id: OwnNumber; unit: Unit })[]
  })[]
}

/** So many values of a field are offered, those met oftenest; others can be written. */
const OFFERED = 100

const columnsOf: Record<OwnTable, { from: Sql; table: 'orders' | 'voices' | 'events'; facts: Sql }> = {
  orders: { from: sql`orders FINAL`, table: 'orders', facts: sql`facts` },
  conversations: { from: sql`voices`, table: 'voices', facts: sql`facts` },
  voices: { from: sql`voices`, table: 'voices', facts: sql`facts` },
  events: { from: sql`events`, table: 'events', facts: sql`props AS facts` },
}

/** The parts, with the values that a tenant's own records of the slice have. */
export async function ownParts(analytics: Analytics, slice: Slice, nameOf: NameOf): Promise<OwnParts> {
  const tables = ownTables.map(async (id) => {
    const met = await valuesMet(analytics, id, slice)
    return {
      id,
      ...tableNames[id],
      words: ownWords[id].map((field) => partOf(field, met, nameOf)),
      numbers: ownNumbers[id].map((number) => ({
        id: number,
        zh: numberFields[number].zh,
        en: numberFields[number].en,
        unit: numberFields[number].unit,
      })),
    }
  })
  return { tables: await Promise.all(tables) }
}

function partOf(
  field: OwnWord,
  met: ReadonlyMap<string, string[]>,
  nameOf: NameOf,
): OwnParts['tables'][number]['words'][number] {
  const { zh, en, values } = wordFields[field]
  if (field === 'province') {
    const known = new Map(
      (met.get('city') ?? []).map(provinceOf).flatMap((one) => (one ? [[one.zh, one] as const] : [])),
    )
    return {
      id: field,
      zh,
      en,
      closed: true,
      values: [...known.values()].map((one) => ({ value: one.zh, zh: one.zh, en: one.en })),
    }
  }
  const offered = values ? Object.keys(values) : (met.get(field) ?? [])
  return {
    id: field,
    zh,
    en,
    closed: values !== undefined,
    values: offered.map((value) => ({ value, ...nameOf(field, value) })),
  }
}

/** The values that each open field of a table has, those met oftenest first. */
async function valuesMet(analytics: Analytics, id: OwnTable, slice: Slice): Promise<ReadonlyMap<string, string[]>> {
  const open = ownWords[id].filter((field) => wordFields[field].offered && !wordFields[field].values)
  const { from, table, facts } = columnsOf[id]
  const asked = open.map((field) => {
    const { offered, many } = wordFields[field]
    return sql`${trusted(many ? 'topKArray' : 'topK')}(${OFFERED})(${offered!}) AS ${trusted(`met_${field}`)}`
  })
  const rows = await analytics.query<Record<string, string[]>>(sql`
    SELECT ${join(asked)} FROM (SELECT *${id === 'events' ? sql`, ${facts}` : sql``} FROM ${from} WHERE ${within(slice, table)})`)
  return new Map(open.map((field) => [field, (rows[0]?.[`met_${field}`] ?? []).filter((value) => value !== '')]))
}
