import { fail, ok, type Problem, ProblemError, type Result } from '../../core/result.ts'
import type { RecordKind } from '../kinds.ts'

/** What a user says about a file. */
export interface SourceOptions {
  /** The zone of local times in the file. */
  zone: string
  /** Field → column. */
  map: Record<string, string>
  /** Field → value, the same in every row. */
  set: Record<string, string>
  /** Columns never to be used; `votes_*` means all that begin so. */
  ignore: string[]
}

/** One record found in a file, not yet checked, or something that is not even that. `line` is 1-based: where it begins. */
export type SourceItem =
  | { line: number; kind: RecordKind; record: unknown }
  | { line: number; kind: RecordKind; dead: { field: string; reason: string; record: unknown } }

export interface Opened {
  /** What a person should know before trusting the result, such as columns that are not used. */
  notes: string[]
  /** What one line, row or object of the file is: it may hold several records. Throws a ProblemError where the file cannot be read on. */
  rows: AsyncIterable<SourceItem[]>
}

/** A way in for files: one folder with this object and its test, and a line in list.ts. */
export interface Source {
  id: string
  zh: string
  en: string
  describe: { zh: string; en: string }
  /** Reads as far as needed to know what the file is. Fails where it cannot be used at all. */
  open(stream: AsyncIterable<Uint8Array>, options: SourceOptions): Promise<Result<Opened>>
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
