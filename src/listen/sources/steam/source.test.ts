import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { steam } from './source.ts'

const real = sample('steam/appreviews.csv')

describe('Steam reviews', () => {
  test('take a thumb for a rating from 0 to 1, and keep ids beyond 2^53', async () => {
    const { voices } = await readFile(
      steam,
      'app_id,review_id,steam_id,review,timestamp_created,voted_up\n7,1,76561199999999999,太卡了,1700000000,False\n',
    )
    expect(voices[0]).toMatchObject({
      customerRef: '76561199999999999',
      at: 1_700_000_000_000,
      rating: 0,
      ratingMin: 0,
      ratingMax: 1,
    })
  })

  test('of the API come in with the developer’s response as an agent’s', async () => {
    const { voices, dead, notes } = await readFile(
      steam,
      '{"success":1,"query_summary":{"num_reviews":1},"reviews":[{"recommendationid":"41000003","author":{"steamid":"76561199999999999","num_games_owned":3,"playtime_forever":640,"last_played":1700000500},"language":"schinese","review":"闪退","timestamp_created":1700000000,"timestamp_updated":1700000100,"voted_up":false,"votes_up":4,"votes_funny":0,"weighted_vote_score":"0.52","comment_count":0,"steam_purchase":true,"received_for_free":false,"developer_response":"已修复","timestamp_dev_responded":1700100000}],"cursor":"AoJ"}',
      { set: { productId: '900001' } },
    )
    expect([dead, notes.filter((note) => note.startsWith('fields not used'))]).toEqual([[], []])
    expect(voices).toMatchObject([
      {
        id: '41000003',
        customerRef: '76561199999999999',
        productId: '900001',
        rating: 0,
        turn: 0,
        facts: { weighted_vote_score: 0.52, playtime_forever: 640 },
      },
      {
        id: '41000003.reply',
        speaker: 'agent',
        text: '已修复',
        at: 1_700_100_000_000,
        conversation: '41000003',
        turn: 1,
      },
    ])
    expect(voices[1]!.rating).toBeUndefined()
  })

  test.skipIf(!real)('of a real file all come in', async () => {
    const { voices, dead, skipped } = await readFile(steam, real!)
    expect([voices.length, dead, skipped]).toEqual([40, [], []])
  })
})
