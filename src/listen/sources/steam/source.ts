import { parseNumber, parseTime } from '../../decode/values.ts'
import type { Item } from '../item.ts'
import { defineTableSource, type Row } from '../table-source.ts'

const facts = [
  'playtime_forever',
  'playtime_last_two_weeks',
  'playtime_at_review',
  'votes_up',
  'votes_funny',
  'comment_count',
  'num_games_owned',
  'num_reviews',
  'weighted_vote_score',
] as const
const marks = ['steam_purchase', 'received_for_free', 'written_during_early_access', 'primarily_steam_deck'] as const

const isTrue = (cell: string | undefined): boolean | undefined =>
  cell === undefined ? undefined : /^(true|1)$/i.test(cell.trim())

/** Steam's `appreviews` as a table. There are no stars: a thumb up is 1, a thumb down 0 on a scale of 0 to 1. */
export const steam = defineTableSource({
  id: 'steam',
  zh: 'Steam 评测',
  en: 'Steam reviews',
  shelf: 'review',
  describe: {
    zh: 'Steam appreviews 导出的表格。没有星级：推荐记 1，不推荐记 0（量表 0–1）。',
    en: 'Steam’s appreviews as a table. There are no stars: recommended is 1, not recommended 0, on a scale of 0 to 1.',
  },
  requires: ['review', 'voted_up', 'timestamp_created'],
  mapping: [
    { from: 'review_id', to: 'voice.id' },
    { from: 'steam_id', to: 'voice.customerRef' },
    { from: 'app_id', to: 'voice.productId' },
    { from: 'game_name', to: 'product.title' },
    { from: 'language', to: 'voice.facts.language' },
    { from: 'review', to: 'voice.text' },
    { from: 'timestamp_created', to: 'voice.at' },
    { from: 'voted_up', to: 'voice.rating' },
    ...[...facts, ...marks].map((name) => ({ from: name, to: `voice.facts.${name}` })),
  ],
  leftOut: [
    { from: 'timestamp_updated', why: { zh: '以首次发表时间为准', en: 'the time of writing counts' } },
    { from: 'last_played', why: { zh: '与评测内容无关', en: 'says nothing about the review' } },
  ],
  read,
})

function read(row: Row, { zone }: { zone: string }): Item[] {
  const productId = row('app_id')
  const title = row('game_name')
  const up = isTrue(row('voted_up'))
  const time = row('timestamp_created')
  return [
    ...(productId !== undefined && title !== undefined ? [{ product: { id: productId, title } }] : []),
    {
      voice: {
        id: row('review_id'),
        customerRef: row('steam_id'),
        productId,
        text: row('review'),
        at: time && (parseTime(time.trim(), zone) ?? time),
        rating: up === undefined ? undefined : up ? 1 : 0,
        ratingMin: 0,
        ratingMax: 1,
        facts: Object.fromEntries([
          ['language', row('language')],
          ...facts.map((name) => [name, numberOf(row(name))]),
          ...marks.map((name) => [name, isTrue(row(name))]),
        ]),
      },
    },
  ]
}

const numberOf = (cell: string | undefined): unknown =>
  cell === undefined ? undefined : (parseNumber(cell.trim()) ?? cell)
