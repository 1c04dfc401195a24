import type { Estimate } from '../../core/estimate.ts'
import type { Words } from '../../core/words.ts'
import type { BadAspect, BadQuote, BadWeek } from '../../measure/badness.ts'
import type { Topic } from '../../understand/topics/rising.ts'
import type { Named } from '../names.ts'
import type { Period } from '../tenancy.ts'

export interface ReviewAspect extends Omit<BadAspect, 'scenes'> {
  name: Words
  owner: Named
  advice: Words | null
  scenes: { scene: string; name: Words; blamed: number; usual: number }[]
}

export interface ReviewTopic extends Topic {
  category: string
  aspectName: Words | null
  owner: Named | null
}

export interface ReviewTicket {
  id: string
  findingId: string | null
  title: Words
  department: Named
  state: 'open' | 'answered' | 'closed'
  createdAt: number
  closeDueAt: number
  closedAt: number | null
  late: boolean
}

/** What the weekly review of bad voices needs on one page: figures, causes, new topics, voices, work in hand, and what to talk about. */
export interface Review {
  tenant: { id: string; name: string; nameEn: string; simulated: boolean }
  /** Empty for all categories. */
  category: string
  categoryName: Words | null
  week: string
  period: Period
  /** Days of the week that have data; fewer than seven where it is not over. */
  days: number
  /** Weeks that can be asked for, the newest first. */
  weeks: string[]
  madeAt: number
  voices: BadWeek['voices']
  trend: { week: string; from: string; share: Estimate }[]
  aspects: ReviewAspect[]
  quotes: BadQuote[]
  topics: ReviewTopic[]
  /** False while topics are still mined. */
  topicsReady: boolean
  tickets: ReviewTicket[]
  effects: { id: string; what: Words; verdict: string; sentence: Words }[]
  owners: { department: Named; aspects: Words[]; blamed: number; openTickets: number }[]
  agenda: Words[]
}
