import { readFileSync } from 'node:fs'
import {
  array,
  boolean,
  filled,
  Misfit,
  oneOf,
  optional,
  record,
  type Shape,
  type Shaped,
  strictObject,
  string,
  withDefault,
} from '../core/shape.ts'
import { touchpoints } from '../core/touchpoint.ts'
import { lineOf, lineOfBreak } from './position.ts'

/** Words of a file: a list, or one string with the words parted by `|`. */
export const words: Shape<string[]> = (value) => {
  const parts: unknown[] = Array.isArray(value) ? value : [value]
  const list: string[] = []
  for (const part of parts) {
    if (typeof part !== 'string') return new Misfit([], 'words are a list, or one string with the words parted by "|"')
    for (const word of part.split('|')) {
      const trimmed = word.trim()
      if (trimmed !== '') list.push(trimmed)
    }
  }
  return list
}
const optionalWords = withDefault(words, () => [])

const touchpointIds = touchpoints.map((touchpoint) => touchpoint.id)
export const packId = string(/^[a-z][a-z0-9-]*$/, 'a pack id is a-z, 0-9 and "-"')
const partId = string(/^[a-z][a-z0-9_]*$/, 'an id is a-z, 0-9 and "_"')

const inBoth = strictObject({ zh: filled, en: filled })

/** An aspect as a pack file gives it. A pack that extends `general` may leave out what general already says of the id. */
const aspectFile = strictObject({
  id: partId,
  zh: optional(string()),
  en: optional(string()),
  owner: optional(string()),
  touchpoint: optional(oneOf(touchpointIds)),
  /** Words that name the aspect without judging it: 声音. */
  terms: optionalWords,
  /** Words that judge, and mean this aspect where no other is named: 便宜, 贵. */
  positive: optionalWords,
  negative: optionalWords,
  /** True where those words mean this aspect even beside another aspect's name: "房间很吵" is about noise. */
  stands: optional(boolean),
  /** Whole phrases that name and judge at once: 吵醒, 没有噪音. */
  praises: optionalWords,
  faults: optionalWords,
  /** Phrases that name the aspect and judge nothing: 不知道是不是正品. */
  neutral: optionalWords,
  /** Words whose polarity depends on the aspect: 大 is negative of noise, positive of a room. */
  opinions: optional(strictObject({ positive: optionalWords, negative: optionalWords })),
  /** Judging words that, said of this aspect, speak of another: 安装 + 慢 is about installation_time. */
  handsOver: optional(record(partId, words)),
  /** What to do when the aspect hurts. */
  advice: optional(inBoth),
  /** What the shop page should say, show or move for the aspect. */
  page: optional(inBoth),
})

const sceneFile = strictObject({
  id: partId,
  who: optional(boolean),
  zh: optional(string()),
  en: optional(string()),
  terms: optionalWords,
})

export const packFile = strictObject({
  id: packId,
  zh: string(),
  en: string(),
  /** Category words, in either language, that select the pack. */
  match: optionalWords,
  /** Phrases that look like a word of the pack and are none. */
  ignore: optionalWords,
  /** Aspects of `general` that make no sense here. */
  without: withDefault(array(partId), () => []),
  aspects: array(aspectFile),
  scenes: withDefault(array(sceneFile), () => []),
})
/** What one `pack.json` says, or one of a tenant's own packs. */
export type PackFile = Shaped<typeof packFile>
export type AspectFile = Shaped<typeof aspectFile>

/** Thrown for a pack that cannot be used; the message names the file, the line and what is wrong there. */
export class PackError extends Error {
  readonly file: string
  readonly line: number | null
  readonly reason: string
  constructor(file: string, line: number | null, reason: string) {
    super(`${line === null ? file : `${file}:${line}`}: ${reason}`)
    this.file = file
    this.line = line
    this.reason = reason
  }
}

/** Where a pack comes from, and its text where there is one, so that a mistake in it can be told with its line. */
export interface Source {
  file: string
  text: string | null
}

export const refuse = ({ file, text }: Source, at: readonly PropertyKey[], reason: string): PackError =>
  new PackError(file, text === null ? null : lineOf(text, at), reason)

/** Parses a JSON file by its shape; a mistake is told with the file, the line and the place. */
export function readJson<T>(file: string, shape: Shape<T>): T {
  return parseJson({ file, text: readFileSync(file, 'utf8') }, shape)
}

/** The same of a text that is at hand. Throws {@link PackError}. */
export function parseJson<T>(source: Source & { text: string }, shape: Shape<T>): T {
  let json: unknown
  try {
    json = JSON.parse(source.text)
  } catch (error) {
    throw new PackError(source.file, lineOfBreak(source.text), `this is not JSON: ${(error as Error).message}`)
  }
  const taken = shape(json)
  if (!(taken instanceof Misfit)) return taken
  throw refuse(source, taken.at, `${taken.at.join('.') || 'the whole'}: ${taken.reason}`)
}
