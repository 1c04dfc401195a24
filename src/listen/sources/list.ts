import { callTranscript } from './call-transcript/source.ts'
import { chatLog } from './chat-log/source.ts'
import { chatwoot } from './chatwoot/source.ts'
import { email } from './email/source.ts'
import { formbricks } from './formbricks/source.ts'
import { freshdesk } from './freshdesk/source.ts'
import { gorgias } from './gorgias/source.ts'
import { intercom } from './intercom/source.ts'
import { jotform } from './jotform/source.ts'
import { jsonl } from './jsonl/source.ts'
import { limesurvey } from './limesurvey/source.ts'
import { qualtrics } from './qualtrics/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'
import { satismeter } from './satismeter/source.ts'
import type { Source } from './source.ts'
import { steam } from './steam/source.ts'
import { surveyCsv } from './survey-csv/source.ts'
import { tally } from './tally/source.ts'
import { typeform } from './typeform/source.ts'
import { yelp } from './yelp/source.ts'
import { zendesk } from './zendesk/source.ts'
import { zohoDesk } from './zoho-desk/source.ts'

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
  gorgias,
  zohoDesk,
  chatLog,
  callTranscript,
  email,
  // surveys
  formbricks,
  typeform,
  limesurvey,
  qualtrics,
  jotform,
  tally,
  satismeter,
  surveyCsv,
  // shop
  // behaviour and logistics
  // community
]
