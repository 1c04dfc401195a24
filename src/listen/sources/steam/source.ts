import { markOf, numberOf, timeOf } from '../../cells/cells.ts'
import { objectsAt } from '../../decode/fields.ts'
import { defineFlatSource } from '../../source/either-source.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import { replyOf, thread } from '../../talk/thread.ts'

const ofAuthor = [
  'playtime_forever',
  'playtime_last_two_weeks',
  'playtime_at_review',
  'deck_playtime_at_review',
  'num_games_owned',
  'num_reviews',
] as const
const ofReview = ['votes_up', 'votes_funny', 'comment_count', 'weighted_vote_score'] as const
const marks = [
  'steam_purchase',
  'received_for_free',
  'written_during_early_access',
  'primarily_steam_deck',
  'refunded',
] as const

/** Steam's `appreviews`, flattened to a table or as its API answers. A thumb up is 1, a thumb down 0 on a scale of 0 to 1. */
export const steam = defineFlatSource({
  id: 'steam',
  zh: 'Steam 评测',
  en: 'Steam reviews',
  shelf: 'review',
  describe: {
    zh: 'Steam appreviews 的接口 JSON 或展平的表格。没有星级：推荐记 1，不推荐记 0（量表 0–1）。开发者回复记为客服。接口的回答不带游戏编号：用 --set productId=编号 指定。',
    en: 'Steam’s appreviews as its API answers (JSON) or flattened to a table. There are no stars: recommended is 1, not recommended 0, on a scale of 0 to 1. The developer’s response is an agent’s. The API’s answer does not name the game: give it with --set productId=ID.',
  },
  unwrap: (document) => (Array.isArray(document.reviews) ? objectsAt(document, 'reviews') : [document]),
  requires: ['review', 'voted_up|recommended', 'timestamp_created'],
  mapping: [
    ...mapped({
      'voice.id': ['review_id', 'recommendationid'],
      'voice.customerRef': ['steam_id', 'author.steamid'],
      'voice.productId': ['app_id', 'appid'],
      'product.title': ['game_name', 'app_name'],
      'voice.facts.language': 'language',
      'voice.text': ['review', 'developer_response'],
      'voice.at': ['timestamp_created', 'timestamp_dev_responded'],
      'voice.rating': ['voted_up', 'recommended'],
      'voice.facts.votes_up': 'votes_helpful',
    }),
    ...[...ofReview, ...marks].map((name) => ({ from: name, to: `voice.facts.${name}` })),
    ...ofAuthor.flatMap((name) => [name, `author.${name}`].map((from) => ({ from, to: `voice.facts.${name}` }))),
  ],
  leftOut: [
    ...leave('以首次发表时间为准', 'the time of writing counts', 'timestamp_updated'),
    ...leave(
      '与评测内容无关',
      'says nothing about the review',
      'last_played',
      'author.last_played',
      'hidden_in_steam_china',
      'steam_china_location',
      'reactions[].**',
    ),
    ...leave(
      '玩家的名字与头像',
      'the player’s name and picture',
      'author.personaname',
      'author.avatar',
      'author.profile_url',
      'author.persona_status',
    ),
  ],
  read,
})

function read(row: Row, { zone }: ReadContext): Item[] {
  const id = row('review_id', 'recommendationid')
  const productId = row('app_id', 'appid')
  const title = row('game_name', 'app_name')
  const up = markOf(row('voted_up', 'recommended'))
  const numbers = [
    ...ofAuthor.map((name) => [name, numberOf(row(name, `author.${name}`))]),
    ...ofReview.map((name) => [name, numberOf(row(name, ...(name === 'votes_up' ? ['votes_helpful'] : [])))]),
  ]
  return [
    ...(productId !== undefined && title !== undefined ? [{ product: { id: productId, title } }] : []),
    ...thread(
      {
        id,
        customerRef: row('steam_id', 'author.steamid'),
        productId,
        text: row('review'),
        at: timeOf(row('timestamp_created'), zone),
        rating: up === undefined ? undefined : up ? 1 : 0,
        ratingMin: 0,
        ratingMax: 1,
        facts: Object.fromEntries([
          ['language', row('language')],
          ...numbers,
          ...marks.map((name) => [name, markOf(row(name))]),
        ]),
      },
      replyOf(id && `${id}.reply`, row('developer_response'), timeOf(row('timestamp_dev_responded'), zone)),
    ),
  ]
}
