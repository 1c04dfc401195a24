import { describe, expect, test } from 'vitest'
import { workbook } from '../../decode/workbook.fixture.ts'
import { readFile } from '../../source/read-file.ts'
import { wecom } from './source.ts'

const ANNA = 'wmEXAMPLEaaaaaaaaaaaaaaaaaaaaaaa'
const ROBOT = 'wbEXAMPLEbbbbbbbbbbbbbbbbbbbbbbb'
const at = 1_772_323_200_000
const sent = (n: number, from: string, tolist: unknown, more: object) => ({
  msgid: `${n}_${at}_external`,
  action: 'send',
  from,
  tolist,
  roomid: '',
  msgtime: at + n,
  msgtype: 'text',
  ...more,
})
const text = (content: string) => ({ text: { content } })
const brief = (voices: readonly Record<string, unknown>[]) => voices.map(({ speaker, text }) => [speaker, text])

describe('decrypted messages', () => {
  test('who speaks is told by the form of the ids: the customer from outside, the employee, the robot', async () => {
    const file = JSON.stringify([
      sent(1, ANNA, ['LiMing'], text('半夜嗡嗡响')),
      sent(2, 'LiMing', [ANNA], text('抱歉')),
      sent(3, ROBOT, [ANNA], text('您好，请问要什么帮助？')),
      sent(4, ANNA, ['LiMing'], { msgtype: 'image', image: { md5sum: 'x' } }),
      sent(5, ANNA, ['LiMing'], { action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: '1' } }),
      sent(6, ANNA, ['LiMing'], { msgtype: 'agree', agree: { userid: ANNA } }),
    ])
    const { voices, skipped, dead } = await readFile(wecom, file)
    expect(brief(voices)).toEqual([
      ['customer', '半夜嗡嗡响'],
      ['agent', '抱歉'],
      ['bot', '您好，请问要什么帮助？'],
    ])
    const [said, answered] = voices
    expect(said).toMatchObject({
      id: `wecom-1_${at}_external`,
      at: at + 1,
      customerRef: ANNA,
      channel: 'wecom',
      kind: 'chat',
    })
    expect(answered).toMatchObject({ customerRef: ANNA, conversation: said!.conversation })
    expect([skipped.length, dead]).toEqual([3, []])
  })

  test('what employees write to each other is nobody’s voice, and a group with customers is one conversation', async () => {
    const inner = { ...sent(1, 'LiMing', ['WangFang'], text('这单怎么办')), msgid: `1_${at}` }
    const group = { roomid: 'wrROOM' }
    const file = [
      inner,
      sent(2, ANNA, ['LiMing', 'WangFang'], { ...group, ...text('太吵') }),
      sent(3, 'WangFang', ['LiMing', ANNA], { ...group, ...text('马上处理') }),
    ]
    const { voices, skipped } = await readFile(wecom, file.map((one) => JSON.stringify(one)).join('\n'))
    expect(voices.map(({ speaker, conversation }) => [speaker, conversation])).toEqual([
      ['customer', 'wrROOM'],
      ['agent', 'wrROOM'],
    ])
    expect(skipped).toEqual([expect.stringContaining('among employees')])
  })

  test('words lie in several places: mixed messages, Markdown, and JSON within the JSON', async () => {
    const item = [
      { type: 'text', content: '{"content":"就是这个声音"}' },
      { type: 'image', content: '{"md5sum":"x"}' },
      { type: 'text', content: '{"content":"听"}' },
    ]
    const file = [
      sent(1, ANNA, ['LiMing'], { msgtype: 'mixed', mixed: { item } }),
      sent(2, 'LiMing', [ANNA], { msgtype: 'markdown', info: { content: '**好的**' } }),
      // As tools of others hand it on: every other kind null, numbers as texts, receivers in one text.
      {
        ...sent(3, ANNA, 'LiMing,WangFang', { text: null, image: null, content: '{"content":"还是响"}' }),
        msgtime: String(at),
      },
    ]
    const { voices, dead } = await readFile(wecom, file.map((one) => JSON.stringify(one)).join('\n'))
    expect([brief(voices).map(([, words]) => words), dead]).toEqual([['就是这个声音\n听', '**好的**', '还是响'], []])
    expect(voices[2]!.at).toBe(at)
  })

  test('what is still encrypted is refused, and says so', async () => {
    const chatdata = [{ seq: 1, msgid: 'x', publickey_ver: 3, encrypt_random_key: 'k', encrypt_chat_msg: 'c' }]
    const { voices, dead } = await readFile(wecom, JSON.stringify({ errcode: 0, errmsg: 'ok', chatdata }))
    expect([voices, dead]).toEqual([[], [expect.stringContaining('SDK')]])
  })
})

describe('tables', () => {
  const rows = [
    ['消息ID', '发送人', '发送人类型', '接收人', '发送时间', '消息类型', '消息内容'],
    ['m1', '安娜', '客户', '李明', '2026-03-01 08:00:00', '文本', '半夜嗡嗡响'],
    ['m2', '李明', '员工', '安娜', '2026-03-01 08:01:00', '文本', '抱歉'],
    ['m3', '安娜', '客户', '李明', '2026-03-01 08:02:00', '图片', '[图片]'],
  ]
  test.each([
    ['CSV', rows.map((row) => row.join(',')).join('\n')],
    ['a workbook', workbook({ 会话: rows })],
  ])('of Chinese columns, as %s', async (_, file) => {
    const { voices, skipped, dead } = await readFile(wecom, file)
    expect(brief(voices)).toEqual([
      ['customer', '半夜嗡嗡响'],
      ['agent', '抱歉'],
    ])
    expect([skipped.length, dead]).toEqual([1, []])
  })

  test('of the interface’s own names; a name that says nothing is refused until a person says whose it is', async () => {
    const file = `msgid,action,from,tolist,roomid,msgtime,msgtype,content\nm1,send,${ANNA},LiMing,,${at},text,太吵\nm2,send,李明,${ANNA},,${at},text,抱歉\n`
    const { voices, dead } = await readFile(wecom, file)
    expect(brief(voices)).toEqual([['customer', '太吵']])
    expect(dead).toEqual([expect.stringContaining('李明')])
    expect(brief((await readFile(wecom, file, { set: { agent: '李明' } })).voices)[1]).toEqual(['agent', '抱歉'])
  })
})
