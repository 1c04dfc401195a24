import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { qualtrics } from './source.ts'

const real = sample('qualtrics/sample.csv')

describe('Qualtrics', () => {
  test('a question with its group column is the NPS; groups and topics are derived', async () => {
    const file = [
      'ResponseId,RecordedDate,Q1,Q1_NPS_GROUP',
      'Response ID,Recorded Date,Recommend?,Group',
      'R_1,2026-03-02 08:00:00,9,Promoter',
    ].join('\n')
    const { voices } = await readFile(qualtrics, file)
    expect(voices).toEqual([
      expect.objectContaining({
        id: 'R_1.Q1',
        rating: 9,
        ratingMin: 0,
        ratingMax: 10,
        metric: 'nps',
        at: Date.parse('2026-03-02T00:00:00Z'),
      }),
    ])
  })

  test.each(['1', '2', '17', 'Survey Preview', 'Survey Test'])('rows of status %s are tests', async (status) => {
    const file = [
      'ResponseId,RecordedDate,Status,Q1',
      'Response ID,Recorded Date,Status,Text',
      `R_1,2026-03-02,${status},words`,
    ].join('\n')
    const { voices, skipped } = await readFile(qualtrics, file)
    expect([voices, skipped]).toEqual([[], ['3: a preview or a test of the survey']])
  })

  test('the older form names its columns V1, V2 … and tells them in line 2', async () => {
    const file = [
      'V1,V8,V9,V10,Q1',
      'ResponseID,StartDate,EndDate,Finished,What is wrong?',
      'R_2,2015-01-01 10:00:00,2015-01-01 10:05:00,1,Too loud',
    ].join('\n')
    const { voices } = await readFile(qualtrics, file, { zone: 'UTC' })
    expect(voices).toEqual([
      expect.objectContaining({
        id: 'R_2.Q1',
        text: 'Too loud',
        at: Date.parse('2015-01-01T10:05:00Z'),
        facts: { question: 'What is wrong?' },
      }),
    ])
  })

  test('another table is refused', async () => {
    const { problem } = await readFile(qualtrics, 'a,b\n1,2\n3,4\n')
    expect(problem).toMatchObject({ code: 'columns_unknown' })
  })

  test.skipIf(!real)('a real export: two answers, in German headers', async () => {
    const { voices, events, dead, skipped } = await readFile(qualtrics, real!, { zone: 'Europe/Berlin' })
    expect([dead, skipped]).toEqual([[], []])
    expect(voices.map(({ id, text }) => [id, text])).toEqual([
      ['R_2YPOQ602ER1jkf1.Q1', '2'],
      ['R_2YPOQ602ER1jkf1.Q2', 'Hello World!'],
    ])
    expect(voices[1]).toMatchObject({
      at: Date.parse('2017-07-18T06:28:48Z'),
      lang: 'de',
      facts: { question: 'This is a free text question.' },
    })
    expect(events.map(({ name }) => name)).toEqual(['survey_started', 'survey_sent'])
  })

  test('its JSON is read by import ids: labels for choices, the NPS by its group, embedded data as facts', async () => {
    const response = (id: string, values: object, labels: object = {}) => ({
      responseId: id,
      values: {
        startDate: '2026-03-02T07:55:00Z',
        endDate: '2026-03-02T08:00:00Z',
        status: 0,
        ipAddress: '192.0.2.9',
        progress: 100,
        finished: 1,
        recordedDate: '2026-03-02T08:00:01.000Z',
        _recordId: id,
        userLanguage: 'ZH-S',
        externalDataReference: 'c-9',
        ...values,
      },
      labels: { status: 'IP Address', finished: 'True', ...labels },
      displayedFields: ['QID1'],
    })
    const file = {
      responses: [
        response(
          'R_1',
          { QID1: 4, QID1_NPS_GROUP: 1, QID2: ['1', '3'], QID3_TEXT: '说明书看不懂', plan: 'gold' },
          { QID2: ['外观', '声音'] },
        ),
        response('R_2', { status: 1, QID1: 9 }),
      ],
    }
    const { voices, events, dead, skipped } = await readFile(qualtrics, JSON.stringify(file), { zone: 'Asia/Shanghai' })
    expect([dead, skipped]).toEqual([[], [expect.stringContaining('1: ')]])
    expect(voices.map(({ id, text, rating, metric, customerRef }) => [id, text, rating, metric, customerRef])).toEqual([
      ['R_1.QID1', '', 4, 'nps', 'c-9'],
      ['R_1.QID2', '外观、声音', undefined, undefined, 'c-9'],
      ['R_1.QID3_TEXT', '说明书看不懂', undefined, undefined, 'c-9'],
    ])
    expect(events.at(-1)).toMatchObject({
      props: { plan: 'gold', finished: true },
      at: Date.parse('2026-03-02T08:00:01Z'),
    })
  })
})
