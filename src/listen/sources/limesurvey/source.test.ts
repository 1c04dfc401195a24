import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { limesurvey } from './source.ts'

describe('LimeSurvey', () => {
  test('codes alone: answer codes stay, a multiple choice is one answer, no metric is guessed', async () => {
    const file = 'id,submitdate,lastpage,startlanguage,Q1,Q2[SQ001],Q2[SQ002],Q3\n7,2026-03-02 08:00:00,1,en,9,Y,Y,A2\n'
    const { voices } = await readFile(limesurvey, file, { zone: 'UTC' })
    const at = Date.parse('2026-03-02T08:00:00Z')
    expect(voices.map(({ id, text, rating }) => [id, text, rating])).toEqual([
      [`limesurvey-7@${at}.Q1`, '9', undefined],
      [`limesurvey-7@${at}.Q3`, 'A2', undefined],
      [`limesurvey-7@${at}.Q2`, 'SQ001、SQ002', undefined],
    ])
    const said = await readFile(limesurvey, file, { zone: 'UTC', set: { nps: 'Q1' } })
    expect(said.voices[0]).toMatchObject({ rating: 9, ratingMin: 0, ratingMax: 10, metric: 'nps' })
  })

  test('unfinished responses are kept and say so; times of surveys that keep none are none', async () => {
    const file =
      '"Response ID","Date submitted","Start language","Date last action","Why?"\n"1","","de","2026-03-02 08:00:00","too loud"\n"2","1980-01-01 00:00:00","de","","good"\n'
    const { voices, dead } = await readFile(limesurvey, file, { zone: 'UTC' })
    expect(voices).toEqual([
      expect.objectContaining({ text: 'too loud', lang: 'de', facts: { question: 'Why?', finished: false } }),
    ])
    expect(dead).toEqual([expect.stringContaining('3: at ')])
  })

  test('its JSON is read as its table is, each response by itself or under its number', async () => {
    const response = {
      id: '7',
      submitdate: '2026-03-02 08:00:00',
      lastpage: '1',
      startlanguage: 'zh-Hans',
      token: 'tk-8',
      NPS: '9',
      'Q2[SQ001]': 'Y',
      'Q2[SQ002]': '',
      Q3: null,
    }
    const at = Date.parse('2026-03-02T08:00:00Z')
    for (const responses of [[response], [{ 7: response }]]) {
      const { voices, dead } = await readFile(limesurvey, JSON.stringify({ responses }), {
        zone: 'UTC',
        set: { nps: 'NPS' },
      })
      expect(dead).toEqual([])
      expect(voices).toEqual([
        expect.objectContaining({ id: `limesurvey-7@${at}.NPS`, rating: 9, metric: 'nps', customerRef: 'tk-8', at }),
        expect.objectContaining({ id: `limesurvey-7@${at}.Q2`, text: 'SQ001' }),
      ])
    }
  })

  test('a key that no earlier response had is refused with its row, not dropped', async () => {
    const one = { id: '1', submitdate: '2026-03-02 08:00:00', startlanguage: 'en', Q1: 'good' }
    const responses = [
      ...Array.from({ length: 200 }, (_, i) => ({ ...one, id: String(i + 1) })),
      { ...one, id: '201', Q9: 'x' },
    ]
    const { voices, dead } = await readFile(limesurvey, JSON.stringify({ responses }), { zone: 'UTC' })
    expect([voices.length, dead]).toEqual([200, [expect.stringContaining('row')]])
  })

  test('JSON that breaks off is told so, and nothing of it is made up', async () => {
    const { problem, voices } = await readFile(
      limesurvey,
      '{"responses":[{"id":"1","submitdate":"2026-03-02 08:00:00","Q1":"goo',
    )
    expect([problem?.code, voices ?? []]).toEqual(['format', []])
    expect(problem?.zh?.message).toContain('读不了')
  })

  test('another table is refused', async () => {
    expect((await readFile(limesurvey, 'id,text\n1,x\n')).problem).toMatchObject({ code: 'columns_unknown' })
  })
})
