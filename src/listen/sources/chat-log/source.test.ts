import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { chatLog } from './source.ts'

const rows = (...speakers: string[]) =>
  ['conversation_id,time,speaker,text', ...speakers.map((one, n) => `c,2026-03-02 08:00:0${n},${one},words ${n}`)].join(
    '\n',
  )

describe('a chat log', () => {
  test.each([
    ['客户', 'customer'],
    ['买家', 'customer'],
    ['Visitor', 'customer'],
    ['用户：', 'customer'],
    ['商家', 'agent'],
    ['SELLER', 'agent'],
    ['机器人', 'bot'],
    ['assistant', 'bot'],
    ['系统', 'system'],
  ])('%s is the %s', async (written, speaker) => {
    const { voices } = await readFile(chatLog, rows(written))
    expect(voices).toEqual([expect.objectContaining({ speaker, conversation: 'c', turn: 0, kind: 'chat' })])
  })

  test('someone unknown is nobody until a person says who that is', async () => {
    const file = rows('tb_88', '金牌小二')
    const { voices, dead } = await readFile(chatLog, file)
    expect([voices, dead.length, dead[0]]).toEqual([[], 2, expect.stringContaining('--set customer=tb_88')])
    const told = await readFile(chatLog, file, { set: { customer: 'tb_88', agent: '金牌小二' } })
    expect(told.voices.map(({ speaker, turn }) => [speaker, turn])).toEqual([
      ['customer', 0],
      ['agent', 1],
    ])
  })

  test('the columns of customer and agent tell who a name is; a masked nickname is no customer', async () => {
    const file =
      '买家昵称,客服,发送者,内容,时间\nt**8,小美,t**8,坏了,2026-03-02 08:00:00\nt**8,小美,小美,抱歉,2026-03-02 08:01:00\n'
    const { voices } = await readFile(chatLog, file)
    expect(voices.map(({ speaker, customerRef }) => [speaker, customerRef])).toEqual([
      ['customer', undefined],
      ['agent', undefined],
    ])
  })

  test('JSON lines with turns, of objects or of “who: what”, are read alike', async () => {
    const file = [
      '{"session_id":"s1","time":"2026-03-02T08:00:00Z","turns":[{"role":"user","content":"too loud"},{"role":"assistant","content":"sorry"}],"score":1}',
      '{"id":"s2","date":"2026-03-02T09:00:00Z","对话":["客户：坏了","客服：抱歉","没有名字的一句"]}',
    ].join('\n')
    const { voices, dead, notes } = await readFile(chatLog, file)
    expect(voices.map(({ speaker, text, conversation, turn }) => [speaker, text, conversation, turn])).toEqual([
      ['customer', 'too loud', 's1', 0],
      ['bot', 'sorry', 's1', 1],
      ['customer', '坏了', 's2', 0],
      ['agent', '抱歉', 's2', 1],
    ])
    expect(dead).toEqual([expect.stringContaining('2: speaker is missing')])
    expect(notes).toEqual(['fields not used: score'])
  })

  test('a table without speakers is refused', async () => {
    expect((await readFile(chatLog, 'text,time\nx,2026-01-01\n')).problem).toMatchObject({ code: 'columns_unknown' })
    const { voices } = await readFile(chatLog, '谁,说了,时间\n顾客,吵,2026-01-01\n', {
      map: { speaker: '谁', text: '说了' },
    })
    expect(voices[0]).toMatchObject({ speaker: 'customer', text: '吵' })
  })

  test('whatever stands in the fields, nothing breaks, and only known customers are customers', async () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('客户', '客服', 'user', 'bot', '2026-03-02', 1_772_438_400),
    )
    const object = fc.record(
      { speaker: value, text: value, time: value, turns: value, session_id: value },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(object, { maxLength: 4 }), async (objects) => {
        const { items, voices, dead, skipped, problem } = await readFile(
          chatLog,
          objects.map((one) => JSON.stringify(one)).join('\n') || '{}',
        )
        expect(problem).toBeUndefined()
        expect(voices.length + dead.length + skipped.length).toBe(items.length)
        for (const voice of voices) expect(['customer', 'agent', 'bot', 'system']).toContain(voice.speaker)
      }),
      { numRuns: 60 },
    )
  })
})
