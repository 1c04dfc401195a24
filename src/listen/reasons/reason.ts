import type { Words } from '../../core/words.ts'
import { reasons } from './list.ts'

export type ReasonCode = keyof typeof reasons

/** The sentence of a reason in English, made by `because` alone: so none is without its code and its Chinese. */
export type Reason = string & { readonly [made]: true }
declare const made: unique symbol

export type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never
type Parameters<Code extends ReasonCode> = NamesIn<(typeof reasons)[Code]['en']>
type Values = Readonly<Record<string, string | number>>

/** Why a record is refused or skipped. The sentence is what is stored, answered and logged; `toldReason` tells it in both languages. */
export function because<Code extends ReasonCode>(
  code: Code,
  ...values: [Parameters<Code>] extends [never] ? [] : [Readonly<Record<Parameters<Code>, string | number>>]
): Reason {
  return filled(reasons[code].en, values[0] ?? {}) as Reason
}

/** A sentence with its values. */
export const filled = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export interface ToldReason {
  /** Null for a sentence that no release of today writes. */
  code: ReasonCode | null
  values: Readonly<Record<string, string>>
  words: Words
}

/** A stored sentence by its code, with what it quotes, and in both languages. One that is not known stays as it is. */
export function toldReason(sentence: string): ToldReason {
  for (const { code, pattern, words, names } of patterns()) {
    const match = pattern.exec(sentence)
    if (!match) continue
    const values = Object.fromEntries(names.map((name) => [name, match.groups![name]!]))
    return { code, values, words: { zh: filled(words.zh, values), en: sentence } }
  }
  return { code: null, values: {}, words: { zh: sentence, en: sentence } }
}

interface Pattern {
  code: ReasonCode
  words: Words
  names: string[]
  pattern: RegExp
}

let known: Pattern[] | undefined

/** Those with the most words of their own first: the others may fit by chance. */
function patterns(): Pattern[] {
  known ??= (Object.entries(reasons) as [ReasonCode, Words][])
    .map(([code, words]) => ({ code, words, names: namesIn(words.en), pattern: patternOf(words.en) }))
    .sort((a, b) => b.words.en.replace(/\{\w+\}/g, '').length - a.words.en.replace(/\{\w+\}/g, '').length)
  return known
}

export const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)),
]

/** A name that stands twice is the same both times. */
function patternOf(text: string): RegExp {
  const seen = new Set<string>()
  const parts = text.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    if (seen.has(name)) return `\\k<${name}>`
    seen.add(name)
    return `(?<${name}>.+)`
  })
  return new RegExp(`^${parts.join('')}$`, 's')
}

/** A sentence from elsewhere, such as a schema's, as a reason: one of ours has its code, any other is quoted. */
export const knownReason = (sentence: string): Reason =>
  toldReason(sentence).code === null ? because('wrong', { what: sentence.slice(0, 200) }) : (sentence as Reason)
