import { jsonl } from './jsonl/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'
import type { Source } from './source.ts'

/** Every way in for files. */
export const sources: readonly Source[] = [reviewsCsv, jsonl]
