import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { googlePlay } from './source.ts'

const real = sample('google_play/scraper_reviews_printed.txt')

describe('Google Play reviews', () => {
  test('of the Play Console come in from UTF-16, with their reply', async () => {
    const header =
      'Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,Developer Reply Text,Review Link\n'
    const rows =
      'app.example,42,4.2,zh-CN,flounder,2023-11-14T22:13:20Z,1700000000000,2023-11-15T00:00:00Z,1700006400000,1,,"闪退,不能用",2023-11-16T00:00:00Z,1700092800000,已修复,https://play.google.com/console/x?reviewId=gp%3A9&corpus=PUBLIC\n' +
      'app.example,,,en,,2023-11-14T22:13:20Z,1700000000000,,,4,,,,,,\n'
    const { voices, dead, notes } = await readFile(
      googlePlay,
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(header + rows, 'utf16le')]),
    )
    expect(dead).toEqual([])
    expect(notes).toContain('read as UTF-16LE')
    expect(notes.filter((note) => note.startsWith('columns not used'))).toEqual([])
    expect(voices).toMatchObject([
      {
        id: 'gp:9',
        text: '闪退,不能用',
        rating: 1,
        at: 1_700_000_000_000,
        productId: 'app.example',
        lang: 'zh-CN',
        facts: { app_version_code: '42' },
      },
      { id: 'gp:9.reply', speaker: 'agent', text: '已修复', at: 1_700_092_800_000, conversation: 'gp:9' },
      { text: '', rating: 4, kind: 'app_review' },
    ])
  })

  test('of the Python scraper saved by pandas: naive times are in the chosen zone, several lines, no reply', async () => {
    const { voices } = await readFile(
      googlePlay,
      ',reviewId,userName,userImage,content,score,thumbsUpCount,reviewCreatedVersion,at,replyContent,repliedAt,appVersion\n0,r1,Someone,https://x,"Great\nfun",5,54,1.16,2020-02-24 17:19:34,,,1.16\n',
      { zone: 'UTC' },
    )
    expect(voices).toEqual([
      {
        id: 'r1',
        kind: 'app_review',
        speaker: 'customer',
        text: 'Great\nfun',
        rating: 5,
        at: Date.parse('2020-02-24T17:19:34Z'),
        facts: { thumbs_up: 54, app_version: '1.16' },
      },
    ])
  })

  test('of the JS scraper, with its envelope', async () => {
    const { voices, dead } = await readFile(
      googlePlay,
      '{"data":[{"id":"r2","userName":"S","date":"2023-01-02T03:04:05.678Z","score":3,"scoreText":"3","title":null,"text":"ok","replyDate":"2023-01-03T00:00:00.000Z","replyText":"ty","version":"2.0","thumbsUp":1,"criterias":[]}],"nextPaginationToken":"x"}',
    )
    expect(dead).toEqual([])
    expect(voices.map(({ id, speaker, at }) => [id, speaker, at])).toEqual([
      ['r2', 'customer', Date.parse('2023-01-02T03:04:05.678Z')],
      ['r2.reply', 'agent', Date.parse('2023-01-03T00:00:00Z')],
    ])
  })

  test.skipIf(!real)('what Python prints is no JSON, and is refused review by review', async () => {
    const { voices, dead } = await readFile(googlePlay, real!)
    expect(voices).toEqual([])
    expect(dead).toHaveLength(2)
    expect(dead[0]).toMatch(/^2: {2}is not JSON/)
  })
})
