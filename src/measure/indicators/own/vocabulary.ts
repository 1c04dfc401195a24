import type { Emotion, Polarity, Urgency } from '../../../core/reading.ts'
import type { Speaker } from '../../../core/speaker.ts'
import type { surveyMetrics, VoiceKind } from '../../../core/voice.ts'
import type { Words } from '../../../core/words.ts'

/**
 * The names of values that are Daystar's own, as a formula and the console say them (English ones as they stand within a sentence); what a
 * shop's systems call things stands as it is.
 */

const said = (zh: string, en: string): Words => ({ zh, en })

export const kindNames: Record<VoiceKind, Words> = {
  review: said('商品评价', 'review'),
  follow_up_review: said('追加评价', 'follow-up review'),
  chat: said('在线客服', 'chat'),
  call: said('来电', 'call'),
  survey: said('问卷', 'survey'),
  question: said('商品提问', 'product question'),
  return_reason: said('退货原因', 'return reason'),
  complaint: said('投诉', 'complaint'),
  after_sale_form: said('售后单', 'after-sale form'),
  installation_feedback: said('安装回访', 'installation feedback'),
  delivery_feedback: said('配送反馈', 'delivery feedback'),
  search_term: said('搜索词', 'search term'),
  community_post: said('社区帖子', 'community post'),
  social_mention: said('社交媒体', 'social media'),
  app_review: said('应用商店', 'app store'),
  suggestion: said('建议', 'suggestion'),
  cancel_reason: said('取消原因', 'cancel reason'),
  live_comment: said('直播评论', 'live comment'),
  merchant_feedback: said('商家反馈', 'merchant feedback'),
  mystery_note: said('暗访记录', 'mystery shopping'),
  executive_note: said('高管体验', 'executive visit'),
  email: said('邮件', 'email'),
}

export const sentimentNames: Record<Polarity, Words> = {
  positive: said('正面', 'positive'),
  negative: said('负面', 'negative'),
  neutral: said('中性', 'neutral'),
  mixed: said('矛盾', 'mixed'),
}

export const emotionNames: Record<Emotion, Words> = {
  none: said('平静', 'calm'),
  happy: said('高兴', 'happy'),
  angry: said('愤怒', 'angry'),
  sad: said('难过', 'sad'),
  fear: said('担心', 'worried'),
  surprise: said('意外', 'surprised'),
}

export const urgencyNames: Record<Urgency, Words> = {
  none: said('不急', 'not urgent'),
  soon: said('急', 'soon'),
  now: said('立刻处理', 'right now'),
}

export const speakerNames: Record<Speaker, Words> = {
  customer: said('顾客', 'customer'),
  agent: said('客服', 'agent'),
  bot: said('机器人', 'bot'),
  system: said('系统', 'system'),
}

export const metricNames: Record<(typeof surveyMetrics)[number], Words> = {
  nps: said('推荐题（NPS）', 'NPS'),
  csat: said('满意度题（CSAT）', 'CSAT'),
  ces: said('费力度题（CES）', 'CES'),
}

export const customerNames = { new: said('新客', 'new'), known: said('老客', 'known') } as const

/** What became of an order line. */
export const stateNames = {
  delivered: said('已送达', 'delivered'),
  returned: said('在退货期内退回', 'returned within the window'),
  refunded: said('有退款', 'refunded'),
  cancelled: said('已取消', 'cancelled'),
  on_time: said('准时送达', 'delivered on time'),
  late: said('晚于约定日', 'later than promised'),
} as const
export type OrderState = keyof typeof stateNames

/** Values of a voice that the console names too. */
export const voiceValues = {
  kind: kindNames,
  polarity: sentimentNames,
  emotion: emotionNames,
  urgency: urgencyNames,
  speaker: speakerNames,
} as const satisfies Record<string, Record<string, Words>>
