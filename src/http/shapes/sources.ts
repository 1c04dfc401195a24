import { z } from 'zod'
import { toldInChinese, words } from './basics.ts'
import { toldReason } from './listen.ts'

const setting = z.object({
  id: z.string(),
  zh: z.string(),
  en: z.string(),
  hint: words.optional(),
  secret: z.boolean(),
  optional: z.boolean(),
})

/** GET /sources: every way in, with what becomes of each field. */
export const sourceList = z.object({
  sources: z.array(
    z.object({
      id: z.string(),
      zh: z.string(),
      en: z.string(),
      shelf: z.enum(['review', 'service', 'survey', 'shop', 'behaviour', 'logistics', 'community', 'table']),
      describe: words,
      mapping: z.array(z.object({ from: z.string(), to: z.string() })),
      leftOut: z.array(z.object({ from: z.string(), why: words })),
      /** What a person may say of a file, as `--set ID=VALUE`. */
      settings: z.array(setting),
      /** What a person enters to be sent to by webhook; null where the system has none. */
      webhook: z.array(setting).nullable(),
      /** What a person enters for us to ask the system; null where it cannot be asked. */
      pull: z.array(setting).nullable(),
    }),
  ),
})
export type SourceList = z.infer<typeof sourceList>

/** GET /connections. Secrets are never told. */
export const connectionList = z.object({
  connections: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      way: z.enum(['webhook', 'pull']),
      name: z.string(),
      settings: z.record(z.string(), z.string()),
      paused: z.boolean(),
      createdAt: z.number(),
      /** Deliveries or pages that were taken and the records in them, repeats included. */
      deliveries: z.number(),
      kept: z.number(),
      lastAt: z.number().nullable(),
      nextAt: z.number().nullable(),
      /** In a row. */
      failures: z.number(),
      problem: z
        .object({ code: z.string(), message: z.string(), remedy: z.string().optional(), at: z.number() })
        .nullable(),
    }),
  ),
})
export type ConnectionList = z.infer<typeof connectionList>

const problem = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  where: z.string().optional(),
  zh: toldInChinese,
})
const counts = z.object({ voices: z.number(), events: z.number(), orders: z.number(), products: z.number() })

/** POST /imports/preview: what would become of a file, from its beginning. Texts in it are masked. */
export const importPreview = z.object({
  source: z.string(),
  /** Why this source was chosen; null where it was named. */
  guessed: z
    .object({
      because: z.string(),
      others: z.array(z.object({ source: z.string(), kept: z.number(), dead: z.number() })),
    })
    .nullable(),
  /** Its encoding, `workbook` or `parquet`. */
  form: z.string().nullable(),
  /** False where only its beginning was looked at. */
  whole: z.boolean(),
  /** Why it cannot be imported as it is. */
  problem: problem.nullable(),
  rows: z.number(),
  counts,
  records: z.array(
    z.object({
      line: z.number(),
      kind: z.enum(['voices', 'events', 'orders', 'products']),
      record: z.record(z.string(), z.unknown()),
    }),
  ),
  refusedCount: z.number(),
  refused: z.array(z.object({ line: z.number(), field: z.string(), reason: z.string(), told: toldReason })),
  skippedCount: z.number(),
  skipped: z.array(z.object({ reason: z.string(), told: toldReason, n: z.number(), firstLine: z.number() })),
  fields: z.object({
    used: z.array(z.object({ from: z.string(), to: z.string() })),
    unused: z.array(z.string()),
    left: z.array(z.object({ from: z.string(), why: words.nullable() })),
  }),
  /** Where a person may say which column is which: the file's columns, and the fields they can fill. */
  columns: z.array(z.string()).nullable(),
  targets: z.array(z.string()).nullable(),
  /** Columns of dates such as 3/2/26: an example, in which order they are read, and who says so; where nobody does, they are not read. */
  dates: z.array(
    z.object({
      name: z.string(),
      seen: z.string(),
      order: z.enum(['dmy', 'mdy', 'ymd']).nullable(),
      by: z.enum(['choice', 'proof']).nullable(),
    }),
  ),
  notes: z.array(z.string()),
})
export type ImportPreview = z.infer<typeof importPreview>

/** One line of the answer to POST /imports: how far it is, or how it ended. */
const importLine = z.union([
  z.object({
    progress: z.object({
      id: z.string(),
      rows: z.number(),
      kept: z.number(),
      dead: z.number(),
      skipped: z.number(),
      bytes: z.number(),
      size: z.number().optional(),
      resumedAfter: z.number(),
    }),
  }),
  z.object({
    result: z.object({
      id: z.string(),
      source: z.string(),
      rows: z.number(),
      kept: z.number(),
      dead: z.number(),
      skipped: z.number(),
      /** Rows that an earlier attempt, broken off, brought in; `kept` does not count them. */
      resumedAfter: z.number(),
      byKind: counts,
      reasons: z.array(
        z.object({ n: z.number(), field: z.string(), reason: z.string(), told: toldReason, firstLine: z.number() }),
      ),
      skips: z.array(z.object({ n: z.number(), reason: z.string(), told: toldReason, firstLine: z.number() })),
      notes: z.array(z.string()),
    }),
  }),
  z.object({ problem }),
])
export type ImportLine = z.infer<typeof importLine>
