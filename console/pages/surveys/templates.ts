import type { Draft } from './draft.ts'

const format = 'daystar-survey/1'
const thanks = {
  title: { zh: '谢谢您', en: 'Thank you' },
  text: { zh: '您的话会原样转到负责的部门。', en: 'Your words go unchanged to the people in charge.' },
}
const likely = {
  low: { zh: '完全不会', en: 'Not at all' },
  high: { zh: '非常愿意', en: 'Very likely' },
}
const satisfied = {
  low: { zh: '很不满意', en: 'Very dissatisfied' },
  high: { zh: '很满意', en: 'Very satisfied' },
}

/** After delivery: would they recommend it, why, and what went wrong with the delivery where it did. */
const delivery: Draft = {
  format,
  languages: ['zh', 'en'],
  title: { zh: '收货回访', en: 'After your delivery' },
  intro: { zh: '两分钟，帮我们做得更好。', en: 'Two minutes that help us do better.' },
  questions: [
    {
      id: 'nps',
      type: 'nps',
      required: true,
      ask: { zh: '您有多大可能把我们推荐给朋友？', en: 'How likely are you to recommend us to a friend?' },
      ...likely,
    },
    {
      id: 'why',
      type: 'text',
      explains: 'nps',
      ask: { zh: '打这个分，主要是因为什么？', en: 'What is the main reason for your score?' },
    },
    {
      id: 'parts',
      type: 'multiple',
      ask: { zh: '哪些地方让您不满意？', en: 'What did not go well?' },
      showIf: { of: [{ question: 'nps', is: 'atMost', value: 6 }] },
      options: [
        { id: 'late', label: { zh: '送得晚', en: 'It came late' } },
        { id: 'damaged', label: { zh: '包装破损', en: 'The parcel was damaged' } },
        { id: 'different', label: { zh: '和描述不一样', en: 'It is not as described' } },
        { id: 'quality', label: { zh: '质量不好', en: 'Poor quality' } },
        { id: 'service', label: { zh: '客服没帮上忙', en: 'Support did not help' } },
      ],
    },
  ],
  thanks,
}

/** After a talk with support. */
const service: Draft = {
  format,
  languages: ['zh', 'en'],
  title: { zh: '客服回访', en: 'About our support' },
  questions: [
    {
      id: 'csat',
      type: 'csat',
      required: true,
      ask: { zh: '您对这次客服满意吗？', en: 'How satisfied are you with our support?' },
      ...satisfied,
    },
    {
      id: 'solved',
      type: 'single',
      ask: { zh: '问题解决了吗？', en: 'Was your problem solved?' },
      options: [
        { id: 'yes', label: { zh: '解决了', en: 'Yes' } },
        { id: 'partly', label: { zh: '解决了一部分', en: 'Partly' } },
        { id: 'no', label: { zh: '没有', en: 'No' } },
      ],
      jumps: [{ to: 'ces', when: { of: [{ question: 'solved', is: 'oneOf', values: ['yes'] }] } }],
    },
    { id: 'left', type: 'text', explains: 'csat', ask: { zh: '还差哪一步？', en: 'What is still open?' } },
    {
      id: 'ces',
      type: 'ces',
      ask: { zh: '为解决这件事，您觉得省力吗？', en: 'How easy was it to get this solved?' },
      low: { zh: '很费力', en: 'Very hard' },
      high: { zh: '很省力', en: 'Very easy' },
    },
  ],
  thanks,
}

/** Customers who have not ordered for long. */
const churned: Draft = {
  format,
  languages: ['zh', 'en'],
  title: { zh: '好久不见', en: 'We have not seen you for a while' },
  questions: [
    {
      id: 'reason',
      type: 'single',
      ask: { zh: '最近没来买，主要是因为什么？', en: 'What kept you away?' },
      options: [
        { id: 'no_need', label: { zh: '暂时不需要', en: 'I need nothing now' } },
        { id: 'price', label: { zh: '别处更便宜', en: 'Others are cheaper' } },
        { id: 'bad', label: { zh: '上次买得不满意', en: 'The last order went badly' } },
        { id: 'range', label: { zh: '没有我要的', en: 'You lack what I want' } },
      ],
    },
    {
      id: 'bad',
      type: 'text',
      ask: { zh: '上次哪里不满意？', en: 'What went badly?' },
      showIf: { of: [{ question: 'reason', is: 'oneOf', values: ['bad'] }] },
    },
    {
      id: 'nps',
      type: 'nps',
      ask: { zh: '您有多大可能再来买？', en: 'How likely are you to buy from us again?' },
      ...likely,
    },
  ],
  thanks,
}

/** Customers who buy much: how they see each part of the journey. */
const valuable: Draft = {
  format,
  languages: ['zh', 'en'],
  title: { zh: '老朋友，想听您说说', en: 'A word from our best customers' },
  questions: [
    {
      id: 'nps',
      type: 'nps',
      required: true,
      ask: { zh: '您有多大可能把我们推荐给朋友？', en: 'How likely are you to recommend us to a friend?' },
      ...likely,
    },
    {
      id: 'parts',
      type: 'matrix',
      ask: { zh: '各个环节做得怎么样？', en: 'How good is each part?' },
      rows: [
        { id: 'goods', label: { zh: '商品', en: 'Products' } },
        { id: 'delivery', label: { zh: '配送', en: 'Delivery' } },
        { id: 'service', label: { zh: '客服', en: 'Support' } },
      ],
      columns: [
        { id: 'poor', label: { zh: '不好', en: 'Poor' } },
        { id: 'fair', label: { zh: '一般', en: 'Fair' } },
        { id: 'good', label: { zh: '好', en: 'Good' } },
      ],
    },
    { id: 'wish', type: 'text', ask: { zh: '最希望我们改进什么？', en: 'What should we improve first?' } },
  ],
  thanks,
}

const blank: Draft = {
  format,
  languages: ['zh', 'en'],
  title: { zh: '新问卷', en: 'New survey' },
  questions: [
    { id: 'q1', type: 'nps', ask: { zh: '您有多大可能推荐我们？', en: 'How likely are you to recommend us?' } },
  ],
  thanks: { title: thanks.title },
}

/** What a new survey can begin with. */
export const templates = { delivery, service, valuable, churned, blank } as const
export type TemplateName = keyof typeof templates
