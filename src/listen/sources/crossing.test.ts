import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readFile } from '../source/read-file.ts'
import { sources } from './list.ts'

/** Pairs in which a source takes another one's file because the file honestly is of its form as well. */
const sameForm: Record<string, Record<string, string>> = {
  'amazon-reviews-tsv': { 'reviews-csv': 'a table of reviews with a text, stars and a date' },
  judgeme: { 'reviews-csv': 'a table of reviews with a text, stars and a date' },
  xiaohongshu: { 'reviews-csv': 'a table of what people wrote, each with its time' },
  weibo: { 'reviews-csv': 'a table of what people wrote, each with its time' },
  'orders-table': {
    'cancel-reasons': 'an export of orders holds why they were cancelled',
    'return-reasons': 'an export of orders holds why they came back',
    'products-table': 'an export of orders names its products, with their ids and categories',
  },
  'chat-log': { 'call-transcript': 'turns with a speaker and words are read alike' },
  'twilio-messages': {
    'chat-log': 'messages with a direction are turns',
    'call-transcript': 'messages with a direction are turns',
  },
  'call-transcript': { 'chat-log': 'turns with a speaker and words are read alike' },
}

interface File {
  name: string
  bytes: Buffer
  /** The sources of its system. */
  own: readonly string[]
}

const here = new URL('.', import.meta.url)
const fixtures: File[] = sources.flatMap(({ id }) =>
  readdirSync(new URL(`${id}/`, here))
    .filter((name) => name.startsWith('fixture.') && !name.endsWith('.ts'))
    .map((name) => ({ name: `${id}/${name}`, bytes: readFileSync(new URL(`${id}/${name}`, here)), own: [id] })),
)

/** Folders of samples that are not named as the source of their system. */
const ownOf: Record<string, readonly string[]> = {
  amazon_reviews: ['amazon-reviews', 'amazon-reviews-tsv'],
  call_transcripts: ['call-transcript'],
  dianping: [],
  email_eml: ['email'],
  matomo_logs: ['matomo'],
  rudderstack_segment: ['segment'],
  taobao_tmall_comments: ['taobao-itemrates'],
  tmall_orders: ['orders-table'],
}
const samples = new URL('../../../../shared/samples/', import.meta.url)
const real: File[] = !existsSync(samples)
  ? []
  : readdirSync(samples, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name: folder }) =>
        readdirSync(new URL(`${folder}/`, samples)).map((name) => ({
          name: `${folder}/${name}`,
          bytes: readFileSync(new URL(`${folder}/${name}`, samples)),
          own: ownOf[folder] ?? [folder.replaceAll('_', '-')],
        })),
      )

/** What a source wrongly made of another system's file; undefined where it told that the file is none of its own. */
async function wrongly(source: (typeof sources)[number], { bytes }: File): Promise<string | undefined> {
  const { voices, events, orders, products, dead, skipped, problem } = await readFile(source, bytes)
  const kept = { voices, events, orders, products }
  const made = Object.entries(kept).flatMap(([kind, { length }]) => (length > 0 ? `${length} ${kind}` : []))
  if (made.length > 0) return `${source.id}: ${made.join(', ')}`
  // Nothing at all is refused by the import itself: the file holds no rows.
  const isSilent = problem === undefined && dead.length === 0 && skipped.length > 0
  return isSilent ? `${source.id}: only skipped, as ${skipped[0]}` : undefined
}

async function takersOf(file: File, isAllowed: (id: string) => boolean): Promise<string[]> {
  const found: string[] = []
  for (const source of sources) {
    if (file.own.includes(source.id) || isAllowed(source.id)) continue
    const wrong = await wrongly(source, file)
    if (wrong !== undefined) found.push(wrong)
  }
  return found
}

describe('no source takes the file of another system', () => {
  test.each(fixtures.map((file) => [file.name, file] as const))(
    '%s',
    async (_, file) => {
      expect(await takersOf(file, (id) => file.own.some((own) => sameForm[own]?.[id]))).toEqual([])
    },
    60_000,
  )

  test.skipIf(real.length === 0).each(real.map((file) => [file.name, file] as const))(
    'the real %s',
    async (_, file) => {
      expect(await takersOf(file, (id) => file.own.some((own) => sameForm[own]?.[id]))).toEqual([])
    },
    60_000,
  )

  test('pairs of the same form are pairs of the list, and each is really taken', async () => {
    for (const [own, others] of Object.entries(sameForm))
      for (const other of Object.keys(others)) {
        const file = fixtures.find((one) => one.own.includes(own))!
        const source = sources.find(({ id }) => id === other)!
        expect(await wrongly(source, file), `${own} by ${other}`).toBeDefined()
      }
  })
})
