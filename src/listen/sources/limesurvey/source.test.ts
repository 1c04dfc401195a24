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

  test('another table is refused', async () => {
    expect((await readFile(limesurvey, 'id,text\n1,x\n')).problem).toMatchObject({ code: 'columns_unknown' })
  })
})
