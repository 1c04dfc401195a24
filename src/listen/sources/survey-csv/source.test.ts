import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { surveyCsv } from './source.ts'

const table = (header: string, ...rows: string[]) =>
  [`Timestamp,${header}`, ...rows.map((row) => `2026-03-02 08:00:00,${row}`)].join('\n')

describe('a survey’s table', () => {
  test('a question about recommending is the NPS only with answers in 0 to 10, and a note says so', async () => {
    const asked = 'How likely are you to recommend us to a friend?'
    const ten = await readFile(surveyCsv, table(asked, '9', '10', '3'))
    expect(ten.voices.map(({ metric, rating, ratingMax }) => [metric, rating, ratingMax])).toEqual([
      ['nps', 9, 10],
      ['nps', 10, 10],
      ['nps', 3, 10],
    ])
    expect(ten.notes.join()).toContain('is read as the NPS')
    const five = await readFile(surveyCsv, table(asked, '4', '5', '3'))
    expect(five.voices.map(({ metric, rating, text }) => [metric, rating, text])).toEqual([
      [undefined, undefined, '4'],
      [undefined, undefined, '5'],
      [undefined, undefined, '3'],
    ])
    const told = await readFile(surveyCsv, table(asked, '4'), { set: { nps: asked } })
    expect(told.voices[0]).toMatchObject({ metric: 'nps', rating: 4, ratingMin: 0, ratingMax: 10 })
  })

  test('a satisfaction without a scale stays words, and the note offers how to say it', async () => {
    const asked = 'How satisfied are you with the delivery?'
    const bare = await readFile(surveyCsv, table(asked, '4'))
    expect([bare.voices[0]!.rating, bare.voices[0]!.text]).toEqual([undefined, '4'])
    expect(bare.notes.join()).toContain('--set csat=')
    const told = await readFile(surveyCsv, table(asked, '4'), { set: { scale: '1-5' } })
    expect(told.voices[0]).toMatchObject({ metric: 'csat', rating: 4, ratingMin: 1, ratingMax: 5 })
  })

  test('a number that measures something else is no score', async () => {
    const { voices } = await readFile(surveyCsv, table('How many chairs did you buy?,您的年龄', '8,31'))
    expect(voices.map(({ rating, text }) => [rating, text])).toEqual([
      [undefined, '8'],
      [undefined, '31'],
    ])
  })

  test('SurveyMonkey’s second header line names choices, and is no response', async () => {
    const file = [
      'Respondent ID,Collector ID,Date Created,Date Modified,IP Address,Which do you like?,,,What is wrong?',
      ',,,,,Red,Blue,Other (please specify),Open-Ended Response',
      '114000000001,4000,03/14/2026 01:00:00 PM,03/14/2026 01:05:00 PM,192.0.2.9,Red,Blue,,Too loud',
    ].join('\n')
    const { voices, skipped, dead } = await readFile(surveyCsv, file, { zone: 'UTC' })
    expect([skipped, dead]).toEqual([[], []])
    expect(voices.map(({ id, text, at }) => [id, text, at])).toEqual([
      ['114000000001.What is wrong?', 'Too loud', Date.parse('2026-03-14T13:05:00Z')],
      ['114000000001.Which do you like?', 'Red、Blue', Date.parse('2026-03-14T13:05:00Z')],
    ])
  })

  test.each([
    ['2026/03/02 4:05:06 下午 GMT+8', undefined, '2026-03-02T08:05:06Z'],
    ['2026/3/2 12:05:06', undefined, '2026-03-02T12:05:06Z'],
    ['2026/03/02 上午 12:05', undefined, '2026-03-02T00:05:00Z'],
    ['3/14/2026 4:05:06', undefined, '2026-03-14T04:05:06Z'],
    ['14.03.2026 16:05', 'dmy', '2026-03-14T16:05:00Z'],
    ['3/2/2026 4:05:06', 'mdy', '2026-03-02T04:05:06Z'],
    ['3/2/2026 4:05:06', undefined, undefined],
    ['yesterday', 'mdy', undefined],
  ] as const)('the time %s (%s) is %s', async (text, dates, iso) => {
    const { voices } = await readFile(surveyCsv, `Timestamp,Why?\n${text},noise\n`, {
      ...(dates && { dates }),
      zone: 'UTC',
    })
    expect(voices.map(({ at }) => at)).toEqual(iso === undefined ? [] : [Date.parse(iso)])
  })

  test('a table without a time is refused, and says how to name it', async () => {
    expect((await readFile(surveyCsv, 'a,b\n1,2\n')).problem).toMatchObject({
      code: 'columns_unknown',
      remedy: expect.stringContaining('--map at='),
    })
    const { voices } = await readFile(surveyCsv, 'when,Why?\n2026-03-02,noise\n', { map: { at: 'when' }, zone: 'UTC' })
    expect(voices[0]).toMatchObject({ text: 'noise', at: Date.parse('2026-03-02T00:00:00Z') })
  })
})
