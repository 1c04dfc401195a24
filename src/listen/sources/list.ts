import { jsonl } from './jsonl/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'
import type { Source } from './source.ts'
import { steam } from './steam/source.ts'
import { yelp } from './yelp/source.ts'

/** Every way in for files. */
export const sources: readonly Source[] = [
  // tables
  reviewsCsv,
  jsonl,
  // reviews
  steam,
  yelp,
  // service
  // surveys
  // shop
  // behaviour and logistics
  // community
]
