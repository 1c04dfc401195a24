import type { Estimate } from '../../core/estimate.ts'
import type { Words } from '../../core/words.ts'
import type { Unit } from '../../measure/indicators/define.ts'
import type { LlmShare } from '../llm/share.ts'

export interface ReportQuote {
  voiceId: string
  text: string
  start: number
  end: number
}

/** A comparison of an outcome with and without something. */
export interface ReportComparison {
  outcome: Words
  sentence: Words
  effect: { value: number; low: number; high: number }
  unit: 'share' | 'points' | 'score'
  exposed: Estimate
  control: Estimate
  q: number
}

/** One thing that goes with an outcome, ready to be printed. */
export interface ReportDriver extends ReportComparison {
  category: string
  /** The aspect's id; empty for a fact of the operation. */
  aspect: string
  what: Words
  /** Empty words where no scene is part of it. */
  scene: Words
  volume: number
  quotes: ReportQuote[]
  /** What else goes with the same thing: other outcomes, and the scenes in which it is worse. */
  also: ReportComparison[]
}

/** What customers speak of in a category: `n` voices that name it, `negative` of them to complain. */
export interface ReportAspect {
  aspect: string
  name: Words
  n: number
  negative: number
  negativeShare: Estimate
  /** Complaints, the surest readings first. */
  quotes: ReportQuote[]
}

/** Orders that would distort a comparison and are shown on their own, such as those that never arrived. */
export interface ReportApart {
  what: Words
  /** How many such orders there are, rated or not. */
  orders: number
  outcome: Words
  unit: 'share' | 'points' | 'score'
  /** The outcome's level among them; its `n` counts the answers. */
  estimate: Estimate
}

/** Drivers by harm (effect times volume), each thing once; aspects by the number of voices that complain of them. */
export interface ReportCategory {
  category: string
  name: Words
  voices: number
  /** How many of the voices carry a rating. */
  rated: number
  drivers: ReportDriver[]
  aspects: ReportAspect[]
}

/** The findings of a period, as data; the renderers beside this file print it. */
export interface Report {
  tenant: { id: string; name: string; nameEn: string; simulated: boolean }
  period: { from: string; to: string }
  madeAt: string
  /** The engine in use when the report is made, what its maker must say of how the texts were read, and what a language model had a part in. */
  reader: { engine: string; note: string | null; llm: LlmShare | null }
  counts: { voices: number; read: number; unread: { lang: string; n: number }[]; orders: number }
  indicators: { name: Words; unit: Unit; estimate: Estimate }[]
  apart: ReportApart[]
  /** What holds in all categories together. */
  drivers: ReportDriver[]
  categories: ReportCategory[]
  candidates: number
  method: Words
}

export type Lang = 'zh' | 'en'

/** What a tenant is called in a language. */
export const calledIn = (lang: Lang, tenant: { name: string; nameEn: string }) =>
  lang === 'en' ? tenant.nameEn : tenant.name
