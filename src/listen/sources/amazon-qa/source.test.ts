import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { amazonQa } from './source.ts'

const real = sample('amazon_qa/qa_appliances.jsonl')

describe('Amazon Q&A', () => {
  test('with several answers: the question has a time of its own, answers are no customer’s voice', async () => {
    const { voices, dead } = await readFile(
      amazonQa,
      '{"asin":"B1","questions":[{"questionType":"open-ended","questionTime":"December 4, 2013","askerID":"A1","questionText":"How wide?","answers":[{"answerText":"60 cm","answererID":"A2","answerTime":"December 6, 2013","helpful":[3,4]},{"answerText":"2 ft","answerTime":"December 5, 2013"}]},{"questionText":"Loud?","questionTime":"December 4, 2013","answers":[]}]}',
    )
    expect(dead).toEqual([])
    expect(voices.map(({ speaker, text, at, turn }) => [speaker, text, at, turn])).toEqual([
      ['customer', 'How wide?', Date.parse('2013-12-04T00:00:00-08:00'), 0],
      ['agent', '60 cm', Date.parse('2013-12-06T00:00:00-08:00'), 1],
      ['agent', '2 ft', Date.parse('2013-12-05T00:00:00-08:00'), 2],
      ['customer', 'Loud?', Date.parse('2013-12-04T00:00:00-08:00'), 0],
    ])
    expect(new Set(voices.map(({ conversation }) => conversation)).size).toBe(2)
    expect(voices[0]!.facts).toEqual({ question_type: 'open-ended' })
  })

  test('a question without any time is refused', async () => {
    const { dead, voices } = await readFile(amazonQa, '{"asin":"B1","question":"Loud?"}')
    expect([voices, dead]).toEqual([[], ['1: at is missing']])
  })

  test.skipIf(!real)('of a real file: each question says that its time is the answer’s', async () => {
    const { voices, dead, skipped, notes } = await readFile(amazonQa, real!)
    expect([dead, skipped, notes]).toEqual([[], [], []])
    const questions = voices.filter(({ speaker }) => speaker === 'customer')
    expect([questions.length, voices.length]).toEqual([5, 10])
    expect(
      questions.every(
        ({ kind, facts }) => kind === 'question' && (facts as { at_is_answer_time?: boolean }).at_is_answer_time,
      ),
    ).toBe(true)
    expect(voices[3]).toMatchObject({ speaker: 'agent', productId: 'B00004U9JP', at: 1_398_668_400_000, turn: 1 })
    expect(voices[0]!.conversation).toBe(voices[1]!.conversation)
  })
})
