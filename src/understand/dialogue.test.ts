import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dialogueReader, type Turn } from './dialogue.ts'
import { loadReader } from './reader.ts'
import { loadDialogueHead } from './satisfaction.ts'

const head = loadDialogueHead()
const reader = loadReader()
const dialogues = dialogueReader(reader, head.ok ? head.value : null)
const alone = dialogueReader(reader, null)

const good: Turn[] = [
  { speaker: 'customer', text: '你好，我的热水器漏水了怎么办？' },
  { speaker: 'agent', text: '非常抱歉，马上为您安排师傅上门，今天下午可以吗？' },
  { speaker: 'customer', text: '可以的' },
  { speaker: 'agent', text: '已为您登记，师傅两点到。' },
  { speaker: 'customer', text: '修好了，解决了，谢谢你，服务真好' },
]
const bad: Turn[] = [
  { speaker: 'customer', text: '热水器漏水，等了三天没人来' },
  { speaker: 'bot', text: '您好，请问有什么可以帮您？质量很好，值得信赖！' },
  { speaker: 'customer', text: '说了多少遍了，没人管，转人工！' },
  { speaker: 'agent', text: '请您自行联系安装公司，我们无法处理。' },
  { speaker: 'customer', text: '什么态度！还是没人处理，我要投诉到12315，再也不买你们的东西' },
]

describe('a conversation', () => {
  test('is read by turn, and only the customer has an opinion', () => {
    const { turns, problems, course } = dialogues.readDialogue(bad, '热水器')
    expect(turns.map((turn) => turn !== null)).toEqual([true, false, true, false, true])
    expect(problems[0]).toMatchObject({ turn: 0, mention: { polarity: 'negative' } })
    expect(course).toHaveLength(3)
  })

  test('tells whether the problem was solved, by the customer’s own last words', () => {
    expect(dialogues.readDialogue(good, '热水器').resolved).toBe('yes')
    expect(dialogues.readDialogue(bad, '热水器').resolved).toBe('no')
    expect(dialogues.readDialogue([{ speaker: 'customer', text: '什么时候发货' }]).resolved).toBe('unclear')
    // What the agent calls solved is not.
    const told: Turn[] = [bad[0]!, { speaker: 'agent', text: '已解决，请给好评' }]
    expect(dialogues.readDialogue(told, '热水器').resolved).not.toBe('yes')
  })

  test.each([dialogues, alone])('puts the satisfied above the rest, with the head and without', (of) => {
    const [high, low] = [of.readDialogue(good, '热水器'), of.readDialogue(bad, '热水器')]
    expect(high.satisfaction!.value).toBeGreaterThan(low.satisfaction!.value + 0.2)
    for (const { satisfaction } of [high, low]) {
      expect(satisfaction!.confidence).toBeGreaterThan(0)
      expect(satisfaction!.confidence).toBeLessThanOrEqual(1)
    }
  })

  test('a problem that is asked about is one', () => {
    const { problems } = dialogues.readDialogue([{ speaker: 'customer', text: '热水器漏水怎么办？' }], '热水器')
    expect(problems.map(({ mention }) => mention.aspect)).toEqual(['leak'])
  })

  test('manners are not praise', () => {
    const polite: Turn[] = ['好的', '谢谢', '嗯嗯', '可以'].map((text) => ({ speaker: 'customer', text }))
    expect(dialogues.readDialogue(polite).course).toEqual([0, 0, 0, 0])
  })

  test('without the customer says nothing of satisfaction', () => {
    expect(dialogues.readDialogue([]).satisfaction).toBeNull()
    expect(dialogues.readDialogue([{ speaker: 'agent', text: '在吗' }])).toMatchObject({
      satisfaction: null,
      course: [],
    })
  })

  test('of any turns and any length comes to an end with a value between 0 and 1', () => {
    const turn = fc.record({
      speaker: fc.constantFrom('customer', 'agent', 'bot', 'system'),
      text: fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('好', '漏水', '投诉', '谢谢')),
    }) as fc.Arbitrary<Turn>
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 20 }), (turns) => {
        const { satisfaction } = dialogues.readDialogue(turns)
        if (satisfaction) expect(satisfaction.value >= 0 && satisfaction.value <= 1).toBe(true)
      }),
      { numRuns: 60 },
    )
    const long = Array.from({ length: 2_000 }, (): Turn => ({ speaker: 'customer', text: '漏水' }))
    expect(dialogues.readDialogue(long).turns).toHaveLength(2_000)
  })
})

test('the shipped head is whole, and a broken one is refused with a reason', () => {
  expect(head).toMatchObject({ ok: true, value: { about: expect.stringContaining('folds') } })
  expect(loadDialogueHead('/nowhere/dialogue.json')).toEqual({ ok: true, value: null })
  expect(loadDialogueHead(new URL('../../package.json', import.meta.url).pathname)).toMatchObject({
    ok: false,
    problem: { code: 'dialogue_head_unusable' },
  })
})

test.each(['请问服务站电话是多少', '到时就麻烦下', '把我妈的电话写在我的下面'])(
  'what only asks for something complains of nothing: %s',
  (text) => {
    const { sentiment, mentions, intents } = reader.read({ text, kind: 'chat' })
    expect(sentiment).toBe('neutral')
    expect(mentions.filter(({ polarity }) => polarity === 'negative')).toEqual([])
    expect(intents).not.toContain('complain')
  },
)
