import type { VoiceInput } from '../../core/voice.ts'
import type { Item, Settings } from '../source/item.ts'
import type { ConnectionSetting } from '../source/source.ts'

/** One response to a survey: what its answers have in common. */
export interface Respondent {
  /** The response's own id, unique among all surveys of its system. */
  response: string | undefined
  at: unknown
  customerRef?: string | undefined
  lang?: string | undefined
  channel?: string | undefined
  /** Name of the survey. */
  survey?: string | undefined
  facts?: Record<string, string | number | boolean | undefined>
}

/** One answered question. */
export interface Answer {
  /** The question's id; with the response's it is the voice's. */
  id: string | undefined
  question?: string | undefined
  /** The words, or the choices as they are labelled. */
  text?: string | undefined
  score?: { rating: unknown; min: number; max: number; metric?: VoiceInput['metric'] }
}

/** A response as what happened: that it was begun, and that it was sent, each where its time is known. */
export function responseEvents(
  { response, customerRef, channel }: Respondent,
  times: { started?: unknown; sent?: unknown },
  props: Record<string, unknown> = {},
): Item[] {
  const common = { session: response, customerRef, channel, props }
  return Object.entries(times).flatMap(([what, at]) =>
    at === undefined
      ? []
      : [{ event: { id: response && `${response}.${what}`, name: `survey_${what}`, at, ...common } }],
  )
}

/** An answer as a voice; nothing for what was not answered. */
export function answered(respondent: Respondent, { id, question, text, score }: Answer): Item[] {
  const { response, at, customerRef, lang, channel, survey, facts } = respondent
  if ((text === undefined || text.trim() === '') && (score === undefined || score.rating === undefined)) return []
  return [
    {
      voice: {
        id: response !== undefined && id !== undefined ? `${response}.${id}` : undefined,
        kind: 'survey',
        speaker: 'customer',
        text,
        ...(score?.rating !== undefined && {
          rating: score.rating,
          ratingMin: score.min,
          ratingMax: score.max,
          metric: score.metric,
        }),
        at,
        conversation: response,
        customerRef,
        lang,
        channel,
        facts: { question, survey, ...facts },
      },
    },
  ]
}

/** Asking whether one would recommend, in the words of the Net Promoter Score (Reichheld, HBR 2003) and of its translations. */
const recommends =
  /\brecommend|weiterempf|\bempfehlen|recommander|recomendar|raccomand|порекоменд|рекоменд|推荐|推薦|おすすめ|勧め|추천/i
const likely =
  /how likely|likelihood|likely (?:is it|are you)|wahrscheinlich|probabilit|probable|вероятн|可能性|多大可能|多大程度|可能|愿意|意愿|可能性/i
const satisfied = /how satisfied|satisfaction|satisfied with|zufrieden|satisfait|satisfecho|удовлетвор|满意|滿意/i
const effort =
  /\beffort\b|how easy|made it easy|easy (?:was it|for me) to|费力|费劲|轻松|容易(?:地)?(?:解决|办理|处理)/i

/** Which indicator a question asks for by its words. Only a question answered on 0 to 10 can be the NPS. */
export function metricOf(question: string, scale: { min: number; max: number }): VoiceInput['metric'] {
  if (recommends.test(question)) return scale.min === 0 && scale.max === 10 && likely.test(question) ? 'nps' : undefined
  if (effort.test(question)) return 'ces'
  return satisfied.test(question) ? 'csat' : undefined
}

/** The scale that a question's own words name, such as `(0-10分)`, `from 1 to 5`, `1～7`. */
export function scaleIn(question: string): { min: number; max: number } | undefined {
  const plain = question.normalize('NFKC')
  const match =
    /(?<![\d.])([01])\s*(?:分)?\s*(?:-|–|—|~|到|至|to|bis|through|and)\s*(3|4|5|6|7|9|10|100)(?![\d.])/i.exec(plain)
  return match ? { min: Number(match[1]), max: Number(match[2]) } : undefined
}

/** A question whose answer names or reaches a person: it is no opinion. */
export const asksForPerson = (question: string): boolean =>
  /^\W*(?:your |full |first |last |e-?mail |phone |contact |姓名|您的|联系|手机|电话|邮箱|微信)?\W*(?:e-?mail(?: address)?|phone(?: number)?|mobile|name|first name|last name|surname|address|姓名|名字|称呼|电话|手机号?码?|联系方式|联系电话|邮箱|电子邮件|微信号?|地址|身份证号?)\W*$/i.test(
    question.trim(),
  )

/** For sources whose scores come without their scale. */
export const scaleSetting: ConnectionSetting = {
  id: 'scale',
  zh: '打分题的量表',
  en: 'Scale of scores',
  optional: true,
  hint: {
    zh: '如 --set scale=1-5：导出里没有写明量表的打分题按此读；不填则数字按原样记为文字，不猜。',
    en: 'Such as --set scale=1-5, for scores whose scale the export does not tell; without it such a number stays words: nothing is guessed.',
  },
}

/** The scale that a person gave for the scores of a file. */
export function givenScale(settings: Settings = {}): { min: number; max: number } | undefined {
  const match = /^\s*(-?\d+)\s*(?:-|–|~|到|至|to)\s*(\d+)\s*$/i.exec(settings.scale ?? '')
  return match && Number(match[1]) < Number(match[2]) ? { min: Number(match[1]), max: Number(match[2]) } : undefined
}
