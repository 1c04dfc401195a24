import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { typeform } from './source.ts'

const broken = sample('typeform/webhook_2017_broken.json')
const vectors = sample('typeform/signature_vectors.json')

const response = (answers: object[], fields: object[] = []) =>
  JSON.stringify({
    event_id: 'e',
    form_response: {
      form_id: 'f',
      token: 't',
      submitted_at: '2026-03-02T08:00:00Z',
      definition: { title: 'F', fields },
      answers,
    },
  })
const number = (type: string, n: number) => ({ type: 'number', number: n, field: { id: 'q', type } })

describe('Typeform', () => {
  test.each([
    ['nps', {}, { ratingMin: 0, ratingMax: 10, metric: 'nps' }],
    ['rating', { steps: 7 }, { ratingMin: 1, ratingMax: 7 }],
    ['opinion_scale', { steps: 11, start_at_one: false }, { ratingMin: 0, ratingMax: 10 }],
    ['opinion_scale', { steps: 5, start_at_one: true }, { ratingMin: 1, ratingMax: 5 }],
  ])('a %s with %j has its scale', async (type, properties, scale) => {
    const { voices } = await readFile(
      typeform,
      response([number(type, 3)], [{ id: 'q', title: 'Q', type, properties }]),
    )
    expect(voices).toEqual([expect.objectContaining({ id: 't.q', rating: 3, ...scale })])
    if (!('metric' in scale)) expect(voices[0]!.metric).toBeUndefined()
  })

  test('a number without its scale stays words, never a guessed score', async () => {
    const { voices } = await readFile(typeform, response([number('rating', 3), number('number', 41)]))
    expect(voices.map(({ text, rating }) => [text, rating])).toEqual([
      ['3', undefined],
      ['41', undefined],
    ])
  })

  test('e-mails, phones and files are skipped', async () => {
    const { voices, skipped } = await readFile(
      typeform,
      response([{ type: 'email', email: 'a@example.com', field: { id: 'q', type: 'email' } }]),
    )
    expect([voices.length, skipped.length]).toEqual([0, 1])
  })

  test.skipIf(!broken)('the broken delivery of 2017 is refused with its place', async () => {
    const { voices, dead } = await readFile(typeform, broken!)
    expect(voices).toEqual([])
    expect(dead[0]).toMatch(/is not JSON/)
  })

  test.skipIf(!vectors)('signature vectors of another project hold', () => {
    const { secret, vectors: all } = JSON.parse(vectors!.toString())
    for (const { body, signature, valid } of all) {
      const delivery = { header: () => signature as string, body: Buffer.from(body as string), receivedAt: 0 }
      expect(typeform.webhook!.verify(delivery, secret).ok).toBe(valid)
    }
  })

  test('another system’s file gives no voices', async () => {
    const { voices, dead } = await readFile(typeform, '{"review_id":"r","text":"x"}')
    expect([voices.length, dead.length]).toEqual([0, 1])
  })
})
