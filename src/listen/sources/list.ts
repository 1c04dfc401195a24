import { chatwoot } from './chatwoot/source.ts'
import { freshdesk } from './freshdesk/source.ts'
import { intercom } from './intercom/source.ts'
import { jsonl } from './jsonl/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'
import type { Source } from './source.ts'
import { steam } from './steam/source.ts'
import { yelp } from './yelp/source.ts'
import { zendesk } from './zendesk/source.ts'

/** Every way in for files. */
export const sources: readonly Source[] = [
  // tables
  reviewsCsv,
  jsonl,
  // reviews
  steam,
  yelp,
  // service
  chatwoot,
  zendesk,
  intercom,
  freshdesk,
  // surveys
  // shop
  // behaviour and logistics
  // community
]
