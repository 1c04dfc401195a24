/** A tenant's addition as the form edits it. The text is what is kept: whatever the form does not know stays in it as it was. */
export interface AspectDraft {
  id: string
  zh?: string
  en?: string
  owner?: string
  touchpoint?: string
  terms?: string | string[]
  faults?: string | string[]
  praises?: string | string[]
  negative?: string | string[]
  positive?: string | string[]
  advice?: { zh: string; en: string }
}
export interface SceneDraft {
  id: string
  zh?: string
  en?: string
  terms?: string | string[]
}
export interface PackDraft {
  id: string
  zh: string
  en: string
  match?: string | string[]
  aspects: AspectDraft[]
  scenes?: SceneDraft[]
}

/** An addition that says nothing yet. */
export const emptyDraft = (id: string, zh: string, en: string): string => textOf({ id, zh, en, aspects: [] })

export const textOf = (draft: PackDraft): string => JSON.stringify(draft, null, 2)

/** The draft that a text holds, or null where it is no object with a list of aspects. */
export function draftOf(text: string): PackDraft | null {
  try {
    const value = JSON.parse(text) as Partial<PackDraft> | null
    const listed = value !== null && typeof value === 'object' && Array.isArray(value.aspects)
    return listed && (value.scenes === undefined || Array.isArray(value.scenes)) ? (value as PackDraft) : null
  } catch {
    return null
  }
}

/** Words as one line, parted by |. */
export const wordsText = (words: string | string[] | undefined): string =>
  Array.isArray(words) ? words.join('|') : (words ?? '')

/** A copy with one field changed; an empty one is left out. */
export function withField<T extends object>(of: T, field: keyof T, value: unknown): T {
  const { [field]: _, ...rest } = of
  return value === '' || value === undefined ? (rest as T) : ({ ...of, [field]: value } as T)
}
