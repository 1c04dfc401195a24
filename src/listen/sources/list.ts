import { amazonQa } from './amazon-qa/source.ts'
import { amazonReviews } from './amazon-reviews/source.ts'
import { amazonReviewsTsv } from './amazon-reviews-tsv/source.ts'
import { appStore } from './app-store/source.ts'
import { canny } from './canny/source.ts'
import { chatwoot } from './chatwoot/source.ts'
import { fider } from './fider/source.ts'
import { freshdesk } from './freshdesk/source.ts'
import { googlePlay } from './google-play/source.ts'
import { intercom } from './intercom/source.ts'
import { jdComments } from './jd-comments/source.ts'
import { jsonl } from './jsonl/source.ts'
import { judgeme } from './judgeme/source.ts'
import { magento } from './magento/source.ts'
import { medusa } from './medusa/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'
import { searchTerms } from './search-terms/source.ts'
import { shopify } from './shopify/source.ts'
import type { Source } from './source.ts'
import { steam } from './steam/source.ts'
import { taobaoItemrates } from './taobao-itemrates/source.ts'
import { taobaoTraderates } from './taobao-traderates/source.ts'
import { tmallFeedbacks } from './tmall-feedbacks/source.ts'
import { trustpilot } from './trustpilot/source.ts'
import { voicesTable } from './voices-table/source.ts'
import { weibo } from './weibo/source.ts'
import { woocommerce } from './woocommerce/source.ts'
import { xiaohongshu } from './xiaohongshu/source.ts'
import { yelp } from './yelp/source.ts'
import { zendesk } from './zendesk/source.ts'

/** Every way in for files. */
export const sources: readonly Source[] = [
  // tables
  reviewsCsv,
  voicesTable,
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
  amazonQa,
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
  searchTerms,
  // community
  canny,
  fider,
  xiaohongshu,
  weibo,
]
