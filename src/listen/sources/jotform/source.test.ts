import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { jotform } from './source.ts'

const real = sample('jotform/submission.json')

const submission = (answer: object) =>
  JSON.stringify({ id: '5', form_id: '2', created_at: '2026-07-01 12:00:00', status: 'ACTIVE', answers: { 3: answer } })

describe('Jotform', () => {
  test('answers come in the order of the form, in New York’s time, personal ones skipped', async () => {
    const { voices, skipped } = await readFile(
      jotform,
      submission({ text: 'What?', type: 'control_textbox', answer: 'words' }),
    )
    expect(voices).toEqual([
      expect.objectContaining({
        id: '5.3',
        text: 'words',
        conversation: '5',
        at: Date.parse('2026-07-01T16:00:00Z'),
        facts: { question: 'What?' },
      }),
    ])
    expect(skipped).toEqual([])
  })

  test('a score without a scale stays words until a person says which', async () => {
    const one = submission({ text: 'Stars', type: 'control_rating', answer: '4' })
    expect((await readFile(jotform, one)).voices[0]).toMatchObject({ text: '4' })
    expect((await readFile(jotform, one, { set: { scale: '1-5' } })).voices[0]).toMatchObject({
      rating: 4,
      ratingMax: 5,
    })
  })

  test.skipIf(!real)('of a real submission with a name and an e-mail nothing is an opinion', async () => {
    const { voices, events, dead, skipped, notes } = await readFile(jotform, real!)
    expect([voices, dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], [], []])
    expect(skipped).toEqual(['1: a personal detail or a file', '1: a personal detail or a file'])
    expect(events).toEqual([
      expect.objectContaining({
        name: 'survey_sent',
        session: '5747236631235621087',
        at: Date.parse('2023-12-01T00:13:47Z'),
      }),
    ])
  })
})
