import { expect, test } from 'vitest'
import { type FormCase, holds } from '../source/form-case.ts'
import { readFile } from '../source/read-file.ts'
import { isAutomaticSubject } from '../talk/automatic.ts'
import { chatLog } from './chat-log/source.ts'
import { email } from './email/source.ts'
import { freshdesk } from './freshdesk/source.ts'
import { gorgias } from './gorgias/source.ts'
import { shopifyCsv } from './shopify-csv/source.ts'
import { weibo } from './weibo/source.ts'
import { xiaohongshu } from './xiaohongshu/source.ts'
import { zendesk } from './zendesk/source.ts'

const ticket = (id: number, subject: string, description: string, channel: string) => ({
  ...{ id, subject, description, via: { channel }, requester_id: 1, submitter_id: 1 },
  created_at: '2024-05-01T10:11:12Z',
})
const message = (id: number, body: string, more: object) => ({
  ...{ id, ticket_id: 5, channel: 'email', from_agent: false, public: true, sender: { id: 3 } },
  ...{ body_text: body, stripped_text: body, created_datetime: '2024-05-01T10:11:12', ...more },
})

const forms: FormCase[] = [
  {
    source: zendesk,
    what: 'what the system writes at the head of a conversation or of a call, and automatic replies',
    file: {
      tickets: [
        ticket(1, 'Conversation with Web User 6f2', 'Conversation with Web User 6f2\n\nURL: x', 'native_messaging'),
        ticket(2, 'Call', 'Call details:\nLength of call: 3 minutes', 'voice'),
        ticket(3, 'Automatic reply: Your order', 'I am away until Monday', 'email'),
        ticket(4, 'Lid', 'Conversation with your agent was no help', 'email'),
      ],
    },
    voices: [
      { id: 'zendesk-ticket-1', speaker: 'system' },
      { id: 'zendesk-ticket-2', speaker: 'system' },
      { id: 'zendesk-ticket-4', speaker: 'customer' },
    ],
    skipped: ['1: an automatic reply'],
  },
  {
    source: gorgias,
    what: 'automatic replies by header and by subject',
    file: {
      data: [
        message(10, 'My parcel is lost', { subject: 'Parcel', headers: { 'Auto-Submitted': 'no' } }),
        message(11, 'I am away', { headers: { 'Auto-Submitted': 'auto-replied' } }),
        message(12, 'Bin im Urlaub', { subject: 'Abwesenheitsnotiz: Ihr Paket' }),
      ],
    },
    voices: [{ id: 'gorgias-message-10', speaker: 'customer' }],
    skipped: ['1: an automatic reply', '1: an automatic reply'],
  },
  {
    source: freshdesk,
    what: 'a ticket that an automatic reply opened',
    file: [
      {
        ...{ id: 1, subject: '自动回复：您的订单', description_text: '我休假中', requester_id: 4, source: 1 },
        ...{ status: 2, created_at: '2024-05-01T10:11:12Z' },
      },
    ],
    voices: [],
    skipped: ['1: an automatic reply'],
  },
  {
    source: email,
    what: 'an automatic reply of a program that says so in the subject alone',
    file: 'From: a@x.example\nTo: help@shop.example\nSubject: Out of Office: hello\nDate: Wed, 1 May 2024 10:11:12 +0000\nMessage-ID: <1@x>\n\nI am away.\n',
    voices: [],
    skipped: ['1: an automatic reply'],
    guessed: false,
  },
  {
    source: chatLog,
    what: 'names in one column, what they are in another',
    file: '会话ID,发送人,发送人类型,消息内容,发送时间\ns1,tb123,买家,在吗,2024-05-01 10:00:00\ns1,店小蜜,机器人,亲，在的,2024-05-01 10:00:01\ns1,旗舰店:小美,客服,您好,2024-05-01 10:00:09\n',
    voices: [
      { text: '在吗', speaker: 'customer' },
      { text: '亲，在的', speaker: 'bot' },
      { text: '您好', speaker: 'agent' },
    ],
  },
  {
    source: xiaohongshu,
    what: 'the shop’s own account answers under a note',
    file: '笔记ID,评论ID,评论内容,评论时间,用户ID,是否作者\n64a,c1,保温杯漏水,2024-05-01 10:00:00,u1,否\n64a,c2,请私信我们,2024-05-01 11:00:00,u9,是\n',
    options: { set: { own: 'u8,u9' } },
    voices: [{ speaker: 'customer', customerRef: 'u1' }, { speaker: 'agent' }],
  },
  {
    source: weibo,
    what: 'the shop’s own account answers under a post',
    file: '微博id,评论id,评论内容,评论时间,用户id,是否博主\n5030,50301,发货太慢了,2024-05-01 10:00:00,u1,否\n5030,50302,马上查,2024-05-01 10:10:00,u0,是\n',
    options: { set: { own: 'u0' } },
    voices: [{ speaker: 'customer', customerRef: 'u1' }, { speaker: 'agent' }],
  },
  {
    source: shopifyCsv,
    what: 'a refund as a negative amount',
    file: 'Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Refunded Amount\n#1001,a@b.example,refunded,2024-05-01 10:00:00 +0800,USD,10.00,10.00,2024-05-01 09:59:00 +0800,1,Kettle,10.00,K1,-10.00\n',
    orders: [{ facts: { refund_minor: 1000 } }],
  },
]

test.each(forms)('$source.id: $what', async (form) => holds(form))

test('an account of the shop’s own is no customer', async () => {
  const file = forms.find(({ source }) => source === weibo)!.file as string
  const { voices } = await readFile(weibo, file, { set: { own: 'u0' } })
  expect(voices.map(({ customerRef }) => customerRef)).toEqual(['u1', undefined])
})

test('a subject is automatic where a program’s own words begin it, not where a customer speaks of them', () => {
  const automatic = ['Automatic reply: x', 'Auto-Reply', 'AUTO RESPONSE - x', 'Réponse automatique : x', '自動返信：x']
  expect(automatic.filter((subject) => !isAutomaticSubject(subject))).toEqual([])
  const written = ['Your automatic reply is rude', 'Auto reply never stops', '自动回复太慢', 'Re: Kettle', '']
  expect(written.filter((subject) => isAutomaticSubject(subject))).toEqual([])
})
