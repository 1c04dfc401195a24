import type { OwnDefinition, OwnParts } from '../../../../src/http/shapes.ts'

/** A condition as it is being written: a text field with values, or a number with ends. Nothing chosen yet is an empty field. */
export interface DraftCondition {
  field: string
  values?: string[]
  not?: boolean
  atLeast?: number
  atMost?: number
}

export const hows = ['share', 'mean', 'median', 'percentile'] as const
export type How = (typeof hows)[number]
export type Table = OwnDefinition['table']

/** An indicator as the form edits it; it is a part of the address, so that a half-made one can be sent to somebody. */
export interface Draft {
  zh: string
  en: string
  higherIsBetter: boolean
  table: Table
  where: DraftCondition[]
  how: How
  share: DraftCondition[]
  number: string
  at: number
}

export const emptyDraft: Draft = {
  zh: '',
  en: '',
  higherIsBetter: false,
  table: 'orders',
  where: [],
  how: 'share',
  share: [],
  number: '',
  at: 90,
}

/** Four that are often asked for, to begin from. */
export const examples = {
  reason: {
    ...emptyDraft,
    table: 'orders',
    where: [{ field: 'state', values: ['returned'] }],
    share: [{ field: 'return_reason', values: [] }],
  },
  waiting: { ...emptyDraft, table: 'conversations', how: 'percentile', number: 'first_answer_minutes' },
  blamed: {
    ...emptyDraft,
    table: 'voices',
    where: [{ field: 'speaker', values: ['customer'] }],
    share: [{ field: 'negative_aspect', values: [] }],
  },
  payment: {
    ...emptyDraft,
    table: 'events',
    where: [{ field: 'name', values: ['payment_succeeded', 'payment_failed'] }],
    share: [{ field: 'name', values: ['payment_failed'] }],
  },
} as const satisfies Record<string, { [K in keyof Draft]: unknown }>
export type Example = keyof typeof examples

/** A draft from the address; null where it is none. */
export function readDraft(text: string | undefined): Draft | null {
  if (text === undefined) return null
  try {
    const value = JSON.parse(text) as Partial<Draft> | null
    const lists = Array.isArray(value?.where) && Array.isArray(value.share)
    return lists ? { ...emptyDraft, ...value } : null
  } catch {
    return null
  }
}

export const changedTable = (draft: Draft, table: Table): Draft => ({
  ...emptyDraft,
  zh: draft.zh,
  en: draft.en,
  higherIsBetter: draft.higherIsBetter,
  how: draft.how,
  table,
})

/** The draft of an indicator that is kept already. */
export function draftOf({ zh, en, higherIsBetter, table, where, of }: OwnDefinition): Draft {
  const common = { ...emptyDraft, zh, en, higherIsBetter, table, where: where.map(fromCondition) }
  if ('share' in of) return { ...common, how: 'share', share: of.share.map(fromCondition) }
  if ('mean' in of) return { ...common, how: 'mean', number: of.mean }
  return 'median' in of
    ? { ...common, how: 'median', number: of.median }
    : { ...common, how: 'percentile', number: of.percentile, at: of.at }
}

type Condition = OwnDefinition['where'][number]

const fromCondition = (one: Condition): DraftCondition =>
  'field' in one
    ? { field: one.field, values: [...one.in], ...(one.not ? { not: true } : {}) }
    : { field: one.number, atLeast: one.atLeast, atMost: one.atMost }

/** What the server is sent. An English name that nobody wrote is the Chinese one. */
export function definitionOf(draft: Draft, isNumber: (field: string) => boolean): OwnDefinition {
  const condition = ({ field, values = [], not, atLeast, atMost }: DraftCondition) =>
    isNumber(field)
      ? { number: field, ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) }
      : { field, in: values, ...(not ? { not: true } : {}) }
  const of =
    draft.how === 'share'
      ? { share: draft.share.map(condition) }
      : draft.how === 'percentile'
        ? { percentile: draft.number, at: draft.at }
        : { [draft.how]: draft.number }
  const zh = draft.zh.trim() || draft.en.trim()
  return {
    zh,
    en: draft.en.trim() || zh.slice(0, 60),
    higherIsBetter: draft.higherIsBetter,
    table: draft.table,
    where: draft.where.map(condition),
    of,
  } as OwnDefinition
}

/** Why a part of the draft is not whole yet, by the part: `name`, `number`, `share`, `where.0`, `share.1`. */
export type Trouble = 'noName' | 'noNumber' | 'noShare' | 'noField' | 'noValues' | 'noEnds' | 'endsCross'

export function troublesOf(draft: Draft, isNumber: (field: string) => boolean): Map<string, Trouble> {
  const found = new Map<string, Trouble>()
  const conditions = (list: 'where' | 'share') => {
    for (const [place, one] of draft[list].entries()) {
      const trouble = conditionTrouble(one, isNumber)
      if (trouble) found.set(`${list}.${place}`, trouble)
    }
  }
  conditions('where')
  if (draft.how === 'share') {
    if (draft.share.length === 0) found.set('share', 'noShare')
    conditions('share')
  } else if (draft.number === '') found.set('number', 'noNumber')
  if (draft.zh.trim() === '' && draft.en.trim() === '') found.set('name', 'noName')
  return found
}

function conditionTrouble(one: DraftCondition, isNumber: (field: string) => boolean): Trouble | null {
  if (one.field === '') return 'noField'
  if (!isNumber(one.field)) return (one.values ?? []).length === 0 ? 'noValues' : null
  if (one.atLeast === undefined && one.atMost === undefined) return 'noEnds'
  return one.atLeast !== undefined && one.atMost !== undefined && one.atLeast > one.atMost ? 'endsCross' : null
}

export type PartsTable = OwnParts['tables'][number]
