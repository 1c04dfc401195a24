import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../read-file.ts'
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

  test.skipIf(!real)('of a real file all come in', async () => {
    const { voices, dead, skipped } = await readFile(steam, real!)
    expect([voices.length, dead, skipped]).toEqual([40, [], []])
  })
})
