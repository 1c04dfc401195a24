import { type VoiceKind, voiceKinds } from '../../../core/voice.ts'
import { columnName } from '../../decode/table.ts'
import { reviewWords, type Vocabulary, vocabulary } from '../reviews-csv/vocabulary.ts'

/**
 * Kinds that somebody else writes about customers or about service: a mystery shopper, a leader who listened. They are kept as an
 * agent's words and never count as a customer's voice.
 */
const written: ReadonlySet<string> = new Set(['mystery_note', 'executive_note'] satisfies VoiceKind[])

export const speakerOf = (kind: string | undefined) => (kind !== undefined && written.has(kind) ? 'agent' : undefined)
export const isKind = (kind: string | undefined): boolean => voiceKinds.some((known) => known === kind)

/** Columns that only tables of one kind of voice have. */
const telling: Readonly<Partial<Record<VoiceKind, string>>> = {
  live_comment: '弹幕内容 弹幕 弹幕时间 直播间id 直播间 直播间名称 danmaku liveroom liveroomid',
  complaint: '投诉内容 投诉描述 投诉单号 投诉编号 投诉时间 投诉类型 complaint complaintid complainttext',
  suggestion: '建议内容 建议编号 建议类型 suggestion suggestionid suggestiontext',
  community_post: '帖子内容 帖子id 帖子标题 发帖时间 postcontent posttext',
  social_mention: '提及内容 提及时间 mention mentiontext mentionid',
  mystery_note: '暗访记录 暗访时间 暗访日期 暗访项目 神秘客 神秘客编号 mysteryshopper',
  executive_note: '听音内容 亲听内容 亲听记录 听音日期 亲听日期 亲听时间 听音人 亲听人',
  merchant_feedback: '商家反馈 商家反馈内容 商户反馈 商户反馈内容 merchantfeedback',
}

/** The kind that a table's own columns tell; undefined where none does, or several do. */
export function kindIn(header: readonly string[]): VoiceKind | undefined {
  const names = new Set(header.map(columnName))
  const told = voiceKinds.filter((kind) => telling[kind]?.split(' ').some((name) => names.has(name)))
  return told.length === 1 ? told[0] : undefined
}

const words = {
  ...reviewWords,
  text: '弹幕内容 弹幕 提及内容 商家反馈内容 商户反馈内容 商家反馈 商户反馈 亲听记录 posttext postcontent mentiontext complainttext suggestiontext mention 投诉内容 投诉描述 建议内容 反馈内容 取消原因 退货原因 退款原因 问题描述 问题内容 提问内容 笔记内容 帖子内容 听音内容 亲听内容 暗访记录 发现问题 评价内容 评论内容 内容 正文 文本 反馈 建议 诉求 原因 记录 纪要 描述 备注 说明 danmaku message comment content body text complaint suggestion feedback question cancelreason cancellationreason returnreason reason description details notes note remark remarks',
  title: '标题 主题 题目 帖子标题 title subject headline',
  at: '发送时间 弹幕时间 投诉时间 提及时间 提交时间 反馈时间 取消时间 申请时间 提问时间 发布时间 发帖时间 评论时间 暗访时间 暗访日期 检查日期 检查时间 听音日期 亲听日期 亲听时间 记录时间 记录日期 创建时间 时间 日期 sentat createdat submittedat publishedat postedat cancelledat canceledat visitedat timestamp datetime createtime created time date at',
  id: '投诉单号 投诉编号 建议编号 反馈编号 帖子id 评论id 弹幕id 工单号 工单编号 messageid commentid postid complaintid feedbackid ticketid',
  customerRef: `${reviewWords.customerRef} 顾客id 观众id 粉丝id 会员号 openid unionid userid viewerid authorid`,
  merchantId: `门店编号 门店id 门店 门店名称 商户id 商户编号 商户 商户名称 商家名称 ${reviewWords.merchantId} storeid store branch`,
  'facts.room': '直播间id 直播间 直播间名称 房间号 liveroom roomid room',
  'facts.item': '检查项目 检查项 考核项目 考核项 评分项 暗访项目 项目 checkpoint criterion item',
  'facts.full_score': '满分 总分 fullscore maxscore',
  'facts.topic': '投诉类型 问题类型 反馈类型 建议类型 取消类型 话题 类型 topic type',
  'facts.status': '处理状态 状态 status',
  'facts.result': '处理结果 整改结果 处理意见 result resolution',
  'facts.likes': '点赞数 点赞 点赞量 likes likecount',
  'facts.gift': '礼物 giftname gift',
  'facts.remark': '备注 说明 remark remarks note',
}
const scores = '得分 分值 score'
const ratings = `${reviewWords.rating} ${scores}`

/** What a table of mystery-shopping or the like calls a score is a rating only where its scale is given. */
export function wordsFor(kind: string | undefined, scaleIsGiven: boolean): Vocabulary {
  if (scaleIsGiven) return scaled
  return speakerOf(kind) === undefined ? plain : scored
}
const { rating: _, ...unrated } = words
const scaled = vocabulary({ ...words, rating: ratings })
const plain = vocabulary({ ...words, rating: reviewWords.rating.replace(/ score\b/, ''), 'facts.score': scores })
const scored = vocabulary({ ...unrated, 'facts.score': `${scores} ${reviewWords.rating}` })
