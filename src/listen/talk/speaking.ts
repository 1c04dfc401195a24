import type { Speaker } from '../../core/speaker.ts'
import type { VoiceInput } from '../../core/voice.ts'
import { because } from '../reasons/reason.ts'
import type { Draft, Item, Settings } from '../source/item.ts'
import type { ConnectionSetting } from '../source/source.ts'

/** Words with which systems say who speaks. */
const words: Record<Speaker, readonly string[]> = {
  customer:
    '客户 顾客 买家 买方 用户 访客 消费者 会员 客人 来电者 主叫 customer user visitor client buyer consumer guest contact lead end-user enduser end_user caller shopper requester human incoming inbound in external 提问方 咨询者 消费者端 c端 买家端'.split(
      ' ',
    ),
  agent:
    '客服 人工客服 人工 坐席 座席 商家 卖家 店铺 店家 员工 专员 售后 售前 agent seller staff admin operator support representative rep advisor merchant shop employee teammate outgoing outbound out internal outbound-api outbound-reply outbound-call 客服人员 人工坐席 运营 客服端 商家端'.split(
      ' ',
    ),
  bot: '机器人 智能客服 自动回复 小助手 ai助手 智能助手 自动应答 auto_reply autoreply auto-reply automation bot chatbot robot assistant ai ivr agent_bot virtual_agent'.split(
    ' ',
  ),
  system: '系统 系统消息 系统通知 系统提示 system event activity notification notice'.split(' '),
}
const byWord = new Map(
  (Object.keys(words) as Speaker[]).flatMap((speaker) => words[speaker].map((word) => [word, speaker])),
)

/** Settings of every source in which a speaker may be unknown. */
export const speakerSettings: readonly ConnectionSetting[] = [
  { id: 'customer', zh: '谁是顾客', en: 'Who is the customer', optional: true, hint: listHint('customer') },
  { id: 'agent', zh: '谁是客服', en: 'Who is the agent', optional: true, hint: listHint('agent') },
  { id: 'bot', zh: '谁是机器人', en: 'Who is the bot', optional: true, hint: listHint('bot') },
  {
    id: 'unknown',
    zh: '认不出的人算作',
    en: 'Take unknown speakers for',
    optional: true,
    hint: {
      zh: 'customer、agent、bot、system，或 skip（跳过）。不填则列为死信，不猜。',
      en: 'customer, agent, bot, system, or skip. Without it they are dead letters: nobody is guessed.',
    },
  },
]

function listHint(id: string) {
  return {
    zh: `文件里的名字、编号或角色，多个用逗号分开，如 --set ${id}=1`,
    en: `Names, numbers or roles as the file has them, divided by commas, such as --set ${id}=1`,
  }
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/[:：]$/, '')
    .trim()
    .toLowerCase()

/** Who speaks, by what the file calls them: as a person said, else by a known word; undefined where that is not known. */
export function speakerOf(written: string | undefined, settings: Settings = {}): Speaker | undefined {
  if (written === undefined) return undefined
  const name = plain(written)
  for (const speaker of ['customer', 'agent', 'bot'] as const)
    if (settings[speaker]?.split(/[,，]/).some((one) => plain(one) === name)) return speaker
  return byWord.get(name) ?? byRole(name)
}

/** Roles with a name or a number behind them: 客服小王, Agent 7, 客户A. Whose side speaks may be taken from less than that it is the customer. */
const roles: readonly (readonly [RegExp, Speaker])[] = [
  [/^(?:智能客服|机器人|bot|robot|chatbot)(?:[\s\-_:#(.@]|\d|\p{Script=Han}|$)/iu, 'bot'],
  [/^(?:系统|system)(?:[\s\-_:#(]|\d)/iu, 'system'],
  [/^customer[\s_-]*(?:service|support|care|success)/iu, 'agent'],
  [
    /^(?:客服|客户服务|坐席|座席|人工|商家|卖家|店铺|agent|seller|support|operator)(?:[\s\-_:#(.@]|\d|\p{Script=Han})/iu,
    'agent',
  ],
  [
    /^(?:客户|顾客|买家|用户|会员|customer|buyer|caller|visitor)\s*(?:[#_:-]?\s*(?:\d+|[a-z])|\([^()]*\))$/iu,
    'customer',
  ],
]
const byRole = (name: string): Speaker | undefined => roles.find(([pattern]) => pattern.test(name))?.[1]

/** A turn of a conversation; nothing for empty words; dead where nobody knows who spoke, so that an agent is never taken for the customer. */
export function spoken(
  speaker: Speaker | undefined,
  voice: Draft<VoiceInput>,
  who: { field: string; written: string | undefined },
  settings: Settings = {},
): Item {
  if ((typeof voice.text !== 'string' || voice.text.trim() === '') && voice.rating === undefined)
    return { skipped: because('no_words') }
  const known = speaker ?? (settings.unknown as Speaker | 'skip' | undefined)
  if (known === 'skip') return { skipped: because('unknown_speaker') }
  if (known !== undefined) return { voice: { ...voice, speaker: known } }
  return {
    dead: {
      field: who.field,
      reason: who.written === undefined ? because('no_speaker') : because('unclear_speaker', { name: who.written }),
    },
  }
}
