import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answers, parseAnswer } from './answer.ts'
import { pathText, readDefinition } from './check.ts'
import { FORMAT, type SurveyDefinition } from './definition.ts'
import { quotasOf, walk } from './walk.ts'

const words = (text: string) => ({ zh: text, en: text })
const survey = (questions: object[], more: object = {}): object => ({
  format: FORMAT,
  languages: ['zh', 'en'],
  title: words('回访'),
  questions: questions.map((question, at) => ({ id: `q${at}`, ask: words(`问 ${at}`), ...question })),
  thanks: { title: words('谢谢') },
  ...more,
})
const read = (value: object): SurveyDefinition => {
  const result = readDefinition(value)
  if (!result.ok) throw new Error(`${pathText(result.problem.path)}: ${result.problem.reason}`)
  return result.value
}
const refusal = (value: object): string => {
  const result = readDefinition(value)
  return result.ok ? 'accepted' : `${pathText(result.problem.path)}: ${result.problem.reason}`
}
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id)
const option = (id: string) => ({ id, label: words(id) })

describe('a definition', () => {
  test('is taken where everything refers to something', () => {
    expect(read(survey([{ type: 'nps' }, { type: 'text', explains: 'q0' }])).questions).toHaveLength(2)
  })

  test.each([
    ['an unknown field', survey([{ type: 'nps', colour: 'red' }]), 'questions[0].colour: this field is not known'],
    ['a type that is none', survey([{ type: 'smile' }]), 'questions[0].type: the type is one of'],
    ['a choice without choices', survey([{ type: 'single', options: [] }]), 'questions[0].options: has no choices'],
    ['another format', { ...survey([{ type: 'nps' }]), format: 'x' }, 'format: should be "daystar-survey/1"'],
    [
      'a text too long',
      survey([{ type: 'nps', ask: words('字'.repeat(1_001)) }]),
      'ask.zh: is longer than 1000 characters',
    ],
    ['too many questions', survey(Array(61).fill({ type: 'nps' })), 'questions: has more than 60 entries'],
    ['a survey without questions', survey([]), 'questions: has no questions'],
    ['an id twice', survey([{ type: 'nps' }, { type: 'csat', id: 'q0' }]), 'questions[1].id: "q0" is there twice'],
    ['an id that every object has', survey([{ type: 'nps', id: 'constructor' }]), 'questions[0].id: this word'],
    ['a jump to nowhere', survey([{ type: 'nps', jumps: [{ to: 'q9' }] }]), 'jumps[0].to: there is no question "q9"'],
    ['a jump to itself', survey([{ type: 'nps', jumps: [{ to: 'q0' }] }]), 'would loop'],
    ['a jump back', survey([{ type: 'nps' }, { type: 'csat', jumps: [{ to: 'q0' }] }]), 'from "q1" to "q0" goes back'],
    [
      'a condition on what is asked later',
      survey([{ type: 'nps', showIf: { of: [{ question: 'q1', is: 'answered' }] } }, { type: 'csat' }]),
      'questions[0].showIf.of[0].question: "q1" is only asked later',
    ],
    [
      'a condition on a choice that is not there',
      survey([
        { type: 'single', options: [option('a')] },
        { type: 'nps', showIf: { of: [{ question: 'q0', is: 'oneOf', values: ['b'] }] } },
      ]),
      'values[0]: "q0" has no choice "b"',
    ],
    [
      'a condition off the scale',
      survey([{ type: 'nps', jumps: [{ to: 'end', when: { of: [{ question: 'q0', is: 'atMost', value: 11 }] } }] }]),
      'value: should be from 0 to 10',
    ],
    [
      'a question to which no way leads',
      survey([{ type: 'nps', jumps: [{ to: 'q2' }] }, { type: 'csat' }, { type: 'ces' }]),
      'questions[1]: no way leads to "q1"',
    ],
    [
      'a text that lacks a language',
      survey([{ type: 'nps', ask: { zh: '问' } }]),
      'questions[0].ask.en: the text is missing',
    ],
    ['words that explain no score', survey([{ type: 'text', explains: 'q0' }]), 'questions[0].explains'],
  ])('%s is refused with its place', (_, value, message) => {
    expect(refusal(value)).toContain(message)
  })
})

describe('the walk', () => {
  const branching = read(
    survey(
      [
        { type: 'nps', jumps: [{ to: 'q3', when: { of: [{ question: 'q0', is: 'atLeast', value: 9 }] } }] },
        { type: 'single', options: [option('late'), option('broken')] },
        { type: 'text', showIf: { of: [{ question: 'q1', is: 'oneOf', values: ['broken'] }] } },
        { type: 'csat' },
      ],
      { quotas: [{ id: 'broken', most: 5, when: { of: [{ question: 'q1', is: 'oneOf', values: ['broken'] }] } }] },
    ),
  )

  test('jumps, and shows what its condition asks for', () => {
    expect(ids(walk(branching, { q0: 10 }).asked)).toEqual(['q0', 'q3'])
    expect(ids(walk(branching, { q0: 3, q1: 'late' }).asked)).toEqual(['q0', 'q1', 'q3'])
    expect(walk(branching, { q0: 3, q1: 'broken' }).next?.id).toBe('q2')
    expect(walk(branching, { q0: 3, q1: 'broken', q2: null, q3: 4 }).next).toBeNull()
  })

  test('leaves out the answers to questions that are hidden after a change of mind', () => {
    const { answers, next } = walk(branching, { q0: 9, q1: 'broken', q2: '坏了', q3: 2 })
    expect(answers).toEqual({ q0: 9, q3: 2 })
    expect(next).toBeNull()
    expect(quotasOf(branching, answers)).toEqual([])
  })
})

/** Any survey that passes the check, whatever it asks. */
const anySurvey = fc.integer({ min: 1, max: 8 }).chain((n) =>
  fc
    .array(
      fc.record({
        type: fc.constantFrom('nps', 'single', 'multiple', 'text', 'matrix', 'stars'),
        required: fc.boolean(),
        jump: fc.option(fc.record({ ahead: fc.integer({ min: 1, max: 8 }), always: fc.boolean() })),
        look: fc.option(
          fc.record({ back: fc.integer({ min: 1, max: 8 }), is: fc.constantFrom('answered', 'skipped') }),
        ),
        any: fc.boolean(),
      }),
      { minLength: n, maxLength: n },
    )
    .map((parts) =>
      survey(
        parts.map(({ type, required, jump, look, any }, at) => ({
          type,
          required,
          ...(type === 'single' || type === 'multiple' ? { options: [option('a'), option('b')] } : {}),
          ...(type === 'matrix' ? { rows: [option('r')], columns: [option('c'), option('d')] } : {}),
          ...(look && at - look.back >= 0
            ? { showIf: { match: any ? 'any' : 'all', of: [{ question: `q${at - look.back}`, is: look.is }] } }
            : {}),
          jumps: jump
            ? [
                {
                  to: at + jump.ahead < n ? `q${at + jump.ahead}` : 'end',
                  ...(jump.always ? {} : { when: { of: [{ question: `q${at}`, is: 'answered' }] } }),
                },
              ]
            : [],
        })),
      ),
    ),
)
const given: Record<string, unknown> = {
  nps: 7,
  stars: 3,
  single: 'b',
  multiple: ['a'],
  text: '好',
  matrix: { r: 'c' },
}

describe('any survey', () => {
  test('ends, asks each question once at most, and counts no answer to a question that was not asked', () => {
    fc.assert(
      fc.property(anySurvey, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (value, skips) => {
        const result = readDefinition(value)
        fc.pre(result.ok)
        const definition = result.value
        // Answers to everything are there from the start; only those that are asked for may count.
        let answers: Answers = {}
        let steps = 0
        for (let at = walk(definition, answers); at.next; at = walk(definition, answers), steps++) {
          const { next } = at
          const parsed = parseAnswer(next, skips[steps] && !next.required ? undefined : given[next.type])
          expect(parsed.ok).toBe(true)
          if (parsed.ok) answers = { ...answers, [next.id]: parsed.value }
          expect(steps).toBeLessThan(definition.questions.length)
        }
        const all = Object.fromEntries(
          definition.questions.map(({ id, type }) => [id, answers[id] ?? (given[type] as string)]),
        )
        const whole = walk(definition, { ...all, ...answers })
        expect(new Set(ids(whole.asked)).size).toBe(whole.asked.length)
        expect(Object.keys(whole.answers)).toEqual(ids(whole.asked))
        expect(whole.answers).toEqual(answers)
      }),
      { numRuns: 500 },
    )
  })
})
