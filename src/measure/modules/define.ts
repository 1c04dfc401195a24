import type { Words } from '../../core/words.ts'
import type { Dimension, Indicator } from '../indicators/define.ts'
import type { IndicatorId } from '../indicators/list.ts'

/** A figure by which a module is steered. */
export interface Kpi {
  /** Its indicator's id; `praise` for the share of praise in what is said of the module's own aspects. */
  id: string
  /** The indicator, where a tenant put it together. */
  own?: Indicator
  /** By what it is divided to see where it is missed, the most telling first. */
  by: readonly Dimension[]
  /** So many days after a case it is known; the figure is then that of the latest period of which all is known. */
  knownAfterDays?: number
  /** What to send where nothing is recorded. */
  send: Words
}

/** A part of the experience that is steered by itself: figures of its own, an owner, and what belongs to it on the journey. */
export interface Module extends Words {
  id: string
  /** What it answers for, in a sentence. */
  about: Words
  /** The department that owns it until a tenant names another. */
  department: string
  /** Of `core/touchpoint.ts`: what is said and found there belongs to it. No touchpoint has two modules. */
  touchpoints: readonly string[]
  kpis: readonly Kpi[]
}

/** Makes a module: a plain object in its own folder, with one line in `list.ts`. */
export const defineModule = <const M extends Module & { kpis: readonly { id: IndicatorId | 'praise' }[] }>(
  module: M,
): M => module

/** The same of every module: what customers say is read from their voices. */
export const praise = {
  id: 'praise',
  by: ['category', 'merchant', 'city', 'product'],
  send: {
    zh: '评价、客服对话或问卷里提到这些方面的文字',
    en: 'reviews, chats or survey answers whose words speak of these aspects',
  },
} as const satisfies Kpi
