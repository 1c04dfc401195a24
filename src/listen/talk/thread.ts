import type { Item } from '../source/item.ts'

export type VoiceDraft = Extract<Item, { voice: unknown }>['voice']

/** A title and what stands under it as one text: both are the customer's words. A title that the text begins with is not said twice. */
export function titled(title: string | undefined, body: string | undefined): string | undefined {
  if (title === undefined || body === undefined) return body ?? title
  return body.trim().startsWith(title.trim()) ? body : `${title}\n${body}`
}

/**
 * A review and what followed it (a follow-up, replies) as one conversation, in the order of their times. What followed takes the
 * review's product and merchant. A reply whose time nobody knows is a fact of the review: no time is made up for it.
 */
export function thread(review: VoiceDraft, followed: readonly VoiceDraft[]): Item[] {
  const untimed = followed.filter(({ at, speaker }) => at === undefined && speaker === 'agent')
  const timed = followed.filter((one) => !untimed.includes(one))
  const texts = untimed.map(({ text }) => String(text))
  const facts = { ...(review.facts as object), ...(texts.length > 0 && { shop_reply: shortened(texts.join('\n')) }) }
  if (timed.length === 0) return [{ voice: { ...review, facts } }]
  const { id, kind, productId, merchantId, orderId, category } = review
  const shared = { kind, productId, merchantId, orderId, category }
  const rest = timed.map((one) => ({ ...shared, ...one })).sort((a, b) => moment(a) - moment(b))
  const all = [{ ...review, facts }, ...rest]
  return all.map((voice, turn) => ({ voice: id === undefined ? voice : { ...voice, conversation: id, turn } }))
}

const moment = ({ at }: VoiceDraft): number => (typeof at === 'number' ? at : Number.MAX_SAFE_INTEGER)

/** A fact holds 2,000 characters. */
const shortened = (text: string): string => (text.length > 2_000 ? `${text.slice(0, 1_999)}…` : text)

/** The shop's answer under a review; none where it is empty. */
export const replyOf = (id: string | undefined, text: string | undefined, at: unknown): VoiceDraft[] =>
  text === undefined || text.trim() === '' ? [] : [{ id, speaker: 'agent', text, at }]

/** Sentences that a platform writes by itself where a customer wrote nothing; compared without punctuation. */
const written = [
  /^(?:\d+天内)?(?:此|该|本)?(?:用户|买家|评价方|评论方|会员|顾客|您)(?:没有|未|没)(?:及时)?(?:填写|作出|做出|发表|留下|写)(?:任何|文字)*(?:评价|评论|内容)(?:内容)?(?:系统|平台)?(?:自动)?(?:默认)?(?:好评|评价)?$/,
  /^(?:(?:此|该)?(?:评价方|用户|买家|会员)(?:未及时)?(?:做出|作出)?(?:评价)?)?(?:系统|平台)?(?:自动)?默认(?:五星|5星)?(?:好评|评价)$/,
  /^(?:此|该)用户(?:觉得|认为)(?:商品|产品|宝贝|服务).{0,8}给出[1-5一二三四五]星(?:好评|中评|差评|评价)?$/,
  /^(?:此|该)用户(?:觉得|认为)(?:商品|产品|宝贝|服务)(?:非常|很|较|比较)?(?:好|不错|满意|一般|差)$/,
]

/** True for default praise such as 此用户没有填写评价: not one word of it is the customer's. */
export function isDefaultPraise(text: string): boolean {
  if (text.length > 60 || !/默认|未|没|觉得|认为/.test(text)) return false
  const plain = text.normalize('NFKC').replace(/[\s\p{P}]/gu, '')
  return written.some((pattern) => pattern.test(plain))
}

/** A text as the customer's, or the fact that it is the platform's. */
export const saidOf = (text: string | undefined): { text?: string; facts: { default_praise?: true } } =>
  text !== undefined && isDefaultPraise(text) ? { facts: { default_praise: true } } : { text, facts: {} }
