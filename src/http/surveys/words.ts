import type { View } from '../../app/surveys/view.ts'

type Language = View['language']

/** What the page itself says, beside the words of the survey. */
const zh = {
  next: '下一题',
  finish: '完成',
  back: '上一题',
  optional: '可以跳过',
  required: '必答',
  progress: '第 {n} 题，共 {of} 题',
  other: 'English',
  stars: '{n} 星',
  atMost: '最多选 {n} 项',
  typeHere: '写在这里',
  offline: '没有发出去，您的回答还在。请检查网络后再试一次。',
  full: '回答已经收够了，谢谢您愿意参加。',
  closedTitle: '这份问卷已经结束',
  missingTitle: '这个链接打不开问卷',
  missingText: '链接可能不完整，请从收到的消息里重新打开。',
  expiredTitle: '这个链接已经过期',
  expiredText: '谢谢您愿意回答。下次有机会再请教您。',
  busyTitle: '来的人有点多',
  busyText: '请过一分钟再试，您的回答还在。',
  brokenTitle: '这里出了点问题',
  brokenText: '请再试一次；已经答过的不会丢。',
  previewEmpty: '这里会显示顾客看到的问卷。',
  open: '说说您的感受',
  close: '关闭',
  problems: {
    required: '这一题需要回答后才能继续。',
    not_a_choice: '请从给出的选项里选。',
    out_of_scale: '请从给出的分数里选。',
    too_many: '选得太多了，请去掉几项。',
    rows_missing: '每一行都要选一项。',
    too_long: '写得太长了，请缩短到 5,000 字以内。',
    not_asked: '这一题现在不用回答。',
  },
} as const

type Words = { [K in keyof typeof zh]: (typeof zh)[K] extends string ? string : Record<keyof (typeof zh)[K], string> }

const en: Words = {
  next: 'Next',
  finish: 'Finish',
  back: 'Back',
  optional: 'Optional',
  required: 'Required',
  progress: 'Question {n} of {of}',
  other: '中文',
  stars: '{n} stars',
  atMost: 'Choose {n} at most',
  typeHere: 'Write here',
  offline: 'Not sent; your answer is still here. Check the network and try again.',
  full: 'We have heard from enough people this time. Thank you for offering.',
  closedTitle: 'This survey is over',
  missingTitle: 'This link opens no survey',
  missingText: 'It may be incomplete. Open it again from the message that you received.',
  expiredTitle: 'This link has expired',
  expiredText: 'Thank you for offering. We may ask you another time.',
  busyTitle: 'Many people are here right now',
  busyText: 'Try again in a minute; your answers are kept.',
  brokenTitle: 'Something went wrong here',
  brokenText: 'Try again; what you have answered is not lost.',
  previewEmpty: 'The survey as customers see it appears here.',
  open: 'Tell us how it went',
  close: 'Close',
  problems: {
    required: 'This one needs an answer before you go on.',
    not_a_choice: 'Choose among the options given.',
    out_of_scale: 'Choose among the scores given.',
    too_many: 'That is too many. Take some away.',
    rows_missing: 'Choose one in each row.',
    too_long: 'Shorten this to 5,000 characters.',
    not_asked: 'This one needs no answer now.',
  },
}

export const pageWords: Record<Language, Words> = { zh, en }

export const fill = (text: string, holes: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(holes[name]))
