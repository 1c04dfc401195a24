import type { Estimate } from '../../core/estimate.ts'

export interface Words {
  zh: string
  en: string
}

export interface ReportQuote {
  voiceId: string
  text: string
  start: number
  end: number
}

/** One thing that goes with an outcome, ready to be printed. */
export interface ReportDriver {
  outcome: Words
  category: string
  what: Words
  sentence: Words
  effect: { value: number; low: number; high: number }
  unit: 'share' | 'points' | 'score'
  exposed: Estimate
  control: Estimate
  volume: number
  q: number
  quotes: ReportQuote[]
}

export interface ReportAspect {
  name: Words
  n: number
  negative: number
  negativeShare: Estimate
}

/** The findings of a period, as data; the renderers beside this file print it. */
export interface Report {
  tenant: { id: string; name: string; simulated: boolean }
  period: { from: string; to: string }
  madeAt: string
  /** Which reader read the texts, and what a reader of the report must know about that. */
  reader: { engine: string; note: Words | null }
  counts: { voices: number; read: number; unread: { lang: string; n: number }[]; orders: number }
  indicators: { name: Words; unit: 'share' | 'points' | 'score'; estimate: Estimate }[]
  /** Groups that would distort a comparison and are shown on their own, such as orders that never arrived. */
  apart: { what: Words; outcome: Words; estimate: Estimate }[]
  drivers: ReportDriver[]
  categories: { category: string; voices: number; drivers: ReportDriver[]; aspects: ReportAspect[] }[]
  candidates: number
  method: Words
}

export type Lang = 'zh' | 'en'
