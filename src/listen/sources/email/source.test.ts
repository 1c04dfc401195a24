import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { ownWords, ownWordsOfHtml } from '../../talk/quotes.ts'
import { email } from './source.ts'

const real = (name: string) => sample(`email_eml/reply_${name}.eml`)

const mail = (headers: Record<string, string>, body: string) =>
  Object.entries({
    From: 'guest@example.com',
    Date: 'Mon, 2 Mar 2026 08:00:00 +0800',
    'Message-ID': '<m1@example.com>',
    ...headers,
  })
    .map(([name, value]) => `${name}: ${value}`)
    .concat('', body)
    .join('\r\n')

describe('what a person wrote this time', () => {
  test.each([
    ['Fine\n\nOn Mon, Mar 2, 2026 at 6:26 PM, Shop <a@shop.example> wrote:\n> Hi', 'Fine'],
    ['Fine\n\nOn Mon, Mar 2, 2026 at 6:26 PM,\nShop <a@shop.example>\nwrote:\n> Hi', 'Fine'],
    ['好的\n\n在 2026年3月2日 18:26，客服 <a@shop.example> 写道：\n> 您好', '好的'],
    ['好的\n客服 <a@shop.example> 于2026年3月2日周一 18:26写道：\n您好', '好的'],
    ['好的\n------------------ 原始邮件 ------------------\n发件人: "客服"\n内容', '好的'],
    ['好的\n发件人: 客服\n发送时间: 2026年3月2日\n收件人: 我\n主题: 回复', '好的'],
    ['Gut\n\nAm 02.03.2026 um 18:26 schrieb Laden <a@shop.example>:\n> Hallo', 'Gut'],
    ['Да\n02.03.2026 14:20 пользователь "a@shop.example" <\na@shop.example> написал:\n\n> Hi', 'Да'],
    ['Ok\n\n-----Original Message-----\nFrom: x\nSent: y', 'Ok'],
    ['On Mon, Mar 2, 2026 a@shop.example wrote:\n> Does it work?\n\nNo, it does not.', 'No, it does not.'],
    ['> Does it work?\nNo.\n> Really?\nReally.', 'No.\nReally.'],
    ['Thanks\n-- \nExample Person\nTel. 1', 'Thanks'],
    ['Thanks\n\nSent from my iPhone', 'Thanks'],
    ['谢谢\n\n发自我的iPhone', '谢谢'],
    ['客服说：没问题\n结果还是坏的', '客服说：没问题\n结果还是坏的'],
    ['From: the beginning it was loud.', 'From: the beginning it was loud.'],
    ['I told you 3 times on the phone: it broke', 'I told you 3 times on the phone: it broke'],
  ])('%j', (text, words) => {
    expect(ownWords(text)).toBe(words)
  })

  test('HTML: the blocks in which programs quote', () => {
    expect(ownWordsOfHtml('Hi<br><div class="gmail_quote">On x<blockquote>old</blockquote></div>')).toBe('Hi')
    expect(
      ownWordsOfHtml('<p>Hi</p><blockquote type="cite">old <blockquote>older</blockquote></blockquote><p>below</p>'),
    ).toBe('Hi\nbelow')
    expect(ownWordsOfHtml('<p>Hi</p><div id="divRplyFwdMsg">From: x</div><p>old</p>')).toBe('Hi')
  })
})

describe('e-mail', () => {
  test('a first mail’s subject is part of it, that of a reply is not; conversations begin with their first mail', async () => {
    const first = await readFile(email, mail({ Subject: 'Too loud' }, 'At night.'))
    expect(first.voices).toEqual([
      expect.objectContaining({
        id: 'm1@example.com',
        conversation: 'm1@example.com',
        text: 'Too loud\nAt night.',
        speaker: 'customer',
        kind: 'email',
      }),
    ])
    const reply = await readFile(
      email,
      mail({ Subject: 'Re: Too loud', 'Message-ID': '<m9@x>', References: '<m1@example.com> <m2@x>' }, 'Thanks'),
    )
    expect(reply.voices[0]).toMatchObject({ id: 'm9@x', conversation: 'm1@example.com', text: 'Thanks' })
  })

  test.each([
    [{ 'Auto-Submitted': 'auto-replied' }, 'an automatic reply'],
    [{ Precedence: 'bulk' }, 'a mass mailing'],
    [{ From: 'MAILER-DAEMON@example.com' }, 'a notice of delivery'],
    [{ 'List-Unsubscribe': '<mailto:x@example.com>' }, 'a mass mailing'],
  ])('%j is skipped', async (headers, reason) => {
    const { voices, skipped } = await readFile(email, mail(headers as Record<string, string>, 'text'))
    expect([voices, skipped]).toEqual([[], [`1: ${reason}`]])
  })

  test.each(['shop.example', '@shop.example', 'help@shop.example'])(
    '--set own=%s makes its mail the agent’s',
    async (own) => {
      const { voices } = await readFile(email, mail({ From: 'Help <Help@shop.example>' }, 'Sorry'), { set: { own } })
      expect([voices[0]!.speaker, voices[0]!.customerRef]).toEqual(['agent', undefined])
      const other = await readFile(email, mail({ From: 'a@notshop.example' }, 'Hi'), { set: { own } })
      expect(other.voices[0]!.speaker).toBe('customer')
    },
  )

  test('Chinese of older programs: GBK, base64 and quoted-printable', async () => {
    const gbk = Buffer.concat([
      Buffer.from(
        'From: a@example.com\r\nDate: Mon, 2 Mar 2026 08:00:00 +0800\r\nContent-Type: text/plain; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n',
      ),
      Buffer.from([0xcc, 0xab, 0xb3, 0xb3]),
    ])
    async function* stream() {
      yield gbk
    }
    const opened = await email.open(stream(), { zone: 'UTC', map: {}, set: {}, ignore: [] })
    const items = []
    if (opened.ok) for await (const row of opened.value.rows) items.push(...row)
    expect(items).toMatchObject([{ record: { text: '太吵' } }])
    const printable = await readFile(
      email,
      mail(
        { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': 'quoted-printable' },
        '=E5=A4=AA=E5=90=B5',
      ),
    )
    expect(printable.voices[0]).toMatchObject({ text: '太吵' })
  })

  test('what is no mail is refused', async () => {
    const { voices, dead } = await readFile(email, 'a,b,c\n1,2,3\n')
    expect([voices.length, dead.length]).toEqual([0, 1])
  })

  test.skipIf(!real('gmail'))('real replies of three programs say Hello and nothing else', async () => {
    for (const [name, at] of [
      ['gmail', '2012-04-02T16:21:52Z'],
      ['android', '2012-04-02T14:22:10Z'],
      ['hotmail', '2012-04-02T13:47:37Z'],
    ] as const) {
      const { voices, dead, skipped } = await readFile(email, real(name)!)
      expect([name, dead, skipped]).toEqual([name, [], []])
      expect(voices).toEqual([expect.objectContaining({ text: 'Hello', at: Date.parse(at), speaker: 'customer' })])
    }
  })
})
