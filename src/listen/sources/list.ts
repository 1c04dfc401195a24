import { amazonReviews } from './amazon-reviews/source.ts'
import { amazonReviewsTsv } from './amazon-reviews-tsv/source.ts'
import { appStore } from './app-store/source.ts'
import { chatwoot } from './chatwoot/source.ts'
import { freshdesk } from './freshdesk/source.ts'
import { googlePlay } from './google-play/source.ts'
import { intercom } from './intercom/source.ts'
import { jdComments } from './jd-comments/source.ts'
import { jsonl } from './jsonl/source.ts'
import { judgeme } from './judgeme/source.ts'
import { magento } from './magento/source.ts'
import { medusa } from './medusa/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'
import { shopify } from './shopify/source.ts'
import type { Source } from './source.ts'
import { steam } from './steam/source.ts'
import { taobaoItemrates } from './taobao-itemrates/source.ts'
import { taobaoTraderates } from './taobao-traderates/source.ts'
import { tmallFeedbacks } from './tmall-feedbacks/source.ts'
import { trustpilot } from './trustpilot/source.ts'
import { woocommerce } from './woocommerce/source.ts'
import { yelp } from './yelp/source.ts'
import { zendesk } from './zendesk/source.ts'

/** Every way in for files. */
export const sources: readonly Source[] = [
  // tables
  reviewsCsv,
  jsonl,
  // reviews
  jdComments,
  taobaoTraderates,
  taobaoItemrates,
  tmallFeedbacks,
  amazonReviews,
  amazonReviewsTsv,
  judgeme,
  trustpilot,
  appStore,
  googlePlay,
  steam,
  yelp,
  // service
  chatwoot,
  zendesk,
  intercom,
  freshdesk,
  // surveys
  // shop
  shopify,
  woocommerce,
  medusa,
  magento,
  // behaviour and logistics
  // community
]
