import { ok } from '../../../core/result.ts'
import { unpackedBytes } from '../../decode/text.ts'
import { constantsOf, placed } from '../../source/item.ts'
import { type ConnectionSetting, defineSource, type SourceItem, type SourceOptions } from '../../source/source.ts'
import { messagesOf } from './mbox.ts'
import { mailItems } from './read.ts'

const settings: readonly ConnectionSetting[] = [
  {
    id: 'own',
    zh: '自己的邮箱或域名',
    en: 'Own addresses or domains',
    optional: true,
    hint: {
      zh: '如 --set own=shop.com：由它们发出的是客服的话。不填则除“已发送”标签外的发件人都算顾客。',
      en: 'Such as --set own=shop.com: what they send is the agent’s. Without it all senders are customers, except of mail labelled as sent.',
    },
  },
]

/** E-mail: one message (EML) or a mailbox (mbox), read message by message. */
export const email = defineSource({
  id: 'email',
  zh: '邮件（EML、mbox）',
  en: 'E-mail',
  shelf: 'service',
  broad: 0.8,
  describe: {
    zh: '单封 EML 或 mbox 邮箱。引用的旧邮件与签名去掉；自动回复、退信、群发跳过；附件只计数。--set own=shop.com 说明哪些发件人是自己人（客服）。',
    en: 'One EML or a mailbox (mbox). Quoted mail and signatures are cut; automatic replies, bounces and mass mailings are skipped; attachments are counted. --set own=shop.com says which senders are your own (agents).',
  },
  settings,
  mapping: [
    { from: 'Message-ID', to: 'voice.id' },
    { from: 'References, In-Reply-To', to: 'voice.conversation' },
    { from: 'Date', to: 'voice.at' },
    { from: 'From', to: 'voice.customerRef' },
    { from: 'From', to: 'voice.speaker' },
    { from: 'Subject', to: 'voice.text' },
    { from: '(body)', to: 'voice.text' },
    { from: '(attachments)', to: 'voice.facts.attachments' },
  ],
  leftOut: [
    { from: 'To, Cc, Received, …', why: { zh: '收件人与投递过程', en: 'recipients and the way of delivery' } },
    { from: '(quoted mail, signatures)', why: { zh: '不是这次说的话', en: 'not said this time' } },
  ],
  open: async (stream, options) => {
    const notes =
      options.set.own === undefined
        ? ['all senders are taken for customers: --set own=shop.com says which are your own']
        : []
    return ok({ notes, rows: rowsOf(stream, options) })
  },
})

async function* rowsOf(stream: AsyncIterable<Uint8Array>, options: SourceOptions): AsyncGenerator<SourceItem[]> {
  const constants = constantsOf(options, settings)
  for await (const { line, bytes, tooLarge } of messagesOf(unpackedBytes(stream))) {
    if (tooLarge)
      yield [
        {
          line,
          kind: 'voices',
          dead: { field: '', reason: tooLarge, record: bytes.subarray(0, 2_000).toString('latin1') },
        },
      ]
    else yield placed(line, await mailItems(bytes, options.set), bytes.subarray(0, 2_000).toString('latin1'), constants)
  }
}
