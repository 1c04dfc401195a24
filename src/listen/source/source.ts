import { fail, ok, type Problem, ProblemError, type Result } from '../../core/result.ts'
import type { Words } from '../../core/words.ts'
import type { DateColumn } from '../decode/day-order.ts'
import type { Json } from '../decode/json.ts'
import type { Item, ReadContext, SourceItem, SourceOptions } from './item.ts'

export type { SourceItem, SourceOptions } from './item.ts'

export interface Opened {
  /** What a person should know before trusting the result, such as columns that are not used. */
  notes: string[]
  /** What one line, row or object of the file is: it may hold several records. Throws a ProblemError where the file cannot be read on. */
  rows: AsyncIterable<SourceItem[]>
  /** What is known only at the end, such as fields that were met and not used. */
  closing?: () => string[]
  /** True where the file's own names say that it is of this source, although that takes many files: it then goes before other such sources. */
  telling?: () => boolean
  /** Its columns of dates whose order somebody has to know. */
  dates?: () => readonly DateColumn[]
  /** Which fields of the file were met so far, and what becomes of each: for a person who looks before importing. */
  fields?: () => FieldsMet
}

/** `used` from the file's own names; of what is left out on purpose, the source's `leftOut` says why. */
export interface FieldsMet {
  used: Mapping[]
  unused: string[]
  left: string[]
}

/** Under which heading a person looks for a source. */
export const shelves = ['review', 'service', 'survey', 'shop', 'behaviour', 'logistics', 'community', 'table'] as const
type Shelf = (typeof shelves)[number]

/**
 * What becomes of a field. `from` is a column, or a path (`comments[].score`; `[]` is each element, `*` any key, `**` all below);
 * `to` is a field of a record: `voice.text`, `order.lines[].amountMinor`, `event.props.query`.
 */
export interface Mapping {
  from: string
  to: string
}

/** A field that is left out on purpose, and why. */
export interface LeftOut {
  from: string
  why: Words
}

/** A way in: one folder with this object, a small invented `fixture.*` of its system and a test, and a line in list.ts. */
export interface Source {
  id: string
  zh: string
  en: string
  shelf: Shelf
  describe: Words
  mapping?: readonly Mapping[]
  leftOut?: readonly LeftOut[]
  /** What a person can say of a file by `--set ID=VALUE`, beyond the fields of records. */
  settings?: readonly ConnectionSetting[]
  /**
   * How much its reading counts where the source of a file is guessed, from 0 to 1; below 1 for one that takes nearly any file of its form, so
   * that a system's own source goes before it where both read the file.
   */
  broad?: number
  /** Fields that a person may fill with the columns of a file, where columns are chosen. */
  targets?: readonly string[]
  /** Reads as far as needed to know what the file is. Fails where it cannot be used at all. */
  open(stream: AsyncIterable<Uint8Array>, options: SourceOptions): Promise<Result<Opened>>
  webhook?: Webhook
  pull?: Pull
}

/** A message that a system sends by itself, as it came over the wire. */
export interface Delivery {
  header(name: string): string | undefined
  body: Uint8Array
  /** Epoch milliseconds. */
  receivedAt: number
}

/** Asks the system itself for more, at the address and with the credentials of the connection, through the guarded door. */
export type Ask = (path: string) => Promise<Result<Json>>

export interface WebhookContext extends ReadContext {
  ask?: Ask
  delivery?: Delivery
}

export interface Webhook {
  /** Where in the other system the secret is found or entered. */
  secretHint: Words
  /** Proves the sender. Problems: `signature_missing`, `signature_invalid`, `delivery_old` (a replay). */
  verify(delivery: Delivery, secret: string): Result<void>
  /** The sender's own id of this delivery, the same when it is sent again; without one, the body stands for itself. */
  deliveryId?(delivery: Delivery, payload: Json): string | undefined
  /** What the connection needs beside the secret, such as `baseUrl` where deliveries carry ids only and the rest is asked for. */
  settings?: readonly ConnectionSetting[]
  /** Headers that prove who asks, made of the settings. */
  credentials?(settings: Readonly<Record<string, string>>): Record<string, string>
  /**
   * What the delivery holds. `ask` is there where the connection has an address (`settings.baseUrl`), `delivery` where the message's
   * headers say what its body does not, such as its time.
   */
  read(payload: Json, context: WebhookContext): Promise<Result<Item[]>> | Result<Item[]>
}

/** A setting of a connection that a person enters. */
export interface ConnectionSetting {
  id: string
  zh: string
  en: string
  hint?: Words
  /** Kept encrypted and never shown again. */
  secret?: boolean
  optional?: boolean
}

export interface Pull {
  settings: readonly ConnectionSetting[]
  everyMinutes: number
  /** One page from the cursor on (undefined: from the beginning). `more` says that the next page should be asked for at once. */
  page(request: {
    cursor: string | undefined
    settings: Readonly<Record<string, string>>
    get(url: string, headers: Record<string, string>): Promise<Result<Json>>
    context: ReadContext
    /** Epoch milliseconds. */
    now: number
  }): Promise<Result<{ items: Item[]; cursor: string; more: boolean }>>
}

export const defineSource = (source: Source): Source => source

/** The work, with a ProblemError thrown in it as a value. */
export async function caught<T>(work: () => Promise<T>): Promise<Result<T, Problem>> {
  try {
    return ok(await work())
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem)
    throw error
  }
}
