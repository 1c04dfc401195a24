import type { Source } from '../source/source.ts'
import { seventeenTrack } from './17track/source.ts'
import { amazonOrders } from './amazon-orders/source.ts'
import { amazonQa } from './amazon-qa/source.ts'
import { amazonReturns } from './amazon-returns/source.ts'
import { amazonReviews } from './amazon-reviews/source.ts'
import { amazonReviewsTsv } from './amazon-reviews-tsv/source.ts'
import { appStore } from './app-store/source.ts'
import { callTranscript } from './call-transcript/source.ts'
import { cancelReasons } from './cancel-reasons/source.ts'
import { canny } from './canny/source.ts'
import { chatLog } from './chat-log/source.ts'
import { chatwoot } from './chatwoot/source.ts'
import { easypost } from './easypost/source.ts'
import { email } from './email/source.ts'
import { fider } from './fider/source.ts'
import { formbricks } from './formbricks/source.ts'
import { freshdesk } from './freshdesk/source.ts'
import { ga4 } from './ga4/source.ts'
import { googlePlay } from './google-play/source.ts'
import { gorgias } from './gorgias/source.ts'
import { intercom } from './intercom/source.ts'
import { jdComments } from './jd-comments/source.ts'
import { jotform } from './jotform/source.ts'
import { jsonl } from './jsonl/source.ts'
import { judgeme } from './judgeme/source.ts'
import { klaviyo } from './klaviyo/source.ts'
import { kuaidi100 } from './kuaidi100/source.ts'
import { limesurvey } from './limesurvey/source.ts'
import { logisticsTable } from './logistics-table/source.ts'
import { magento } from './magento/source.ts'
import { matomo } from './matomo/source.ts'
import { medusa } from './medusa/source.ts'
import { ordersTable } from './orders-table/source.ts'
import { posthog } from './posthog/source.ts'
import { productsTable } from './products-table/source.ts'
import { qualtrics } from './qualtrics/source.ts'
import { returnReasons } from './return-reasons/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'
import { satismeter } from './satismeter/source.ts'
import { searchTerms } from './search-terms/source.ts'
import { segment } from './segment/source.ts'
import { shopify } from './shopify/source.ts'
import { shopifyCsv } from './shopify-csv/source.ts'
import { snowplow } from './snowplow/source.ts'
import { steam } from './steam/source.ts'
import { surveyCsv } from './survey-csv/source.ts'
import { tally } from './tally/source.ts'
import { taobaoItemrates } from './taobao-itemrates/source.ts'
import { taobaoTraderates } from './taobao-traderates/source.ts'
import { ticketsTable } from './tickets-table/source.ts'
import { tmallFeedbacks } from './tmall-feedbacks/source.ts'
import { trustpilot } from './trustpilot/source.ts'
import { twilioMessages } from './twilio-messages/source.ts'
import { typeform } from './typeform/source.ts'
import { voicesTable } from './voices-table/source.ts'
import { wecom } from './wecom/source.ts'
import { weibo } from './weibo/source.ts'
import { whatsapp } from './whatsapp/source.ts'
import { woocommerce } from './woocommerce/source.ts'
import { xiaohongshu } from './xiaohongshu/source.ts'
import { yelp } from './yelp/source.ts'
import { zendesk } from './zendesk/source.ts'
import { zohoDesk } from './zoho-desk/source.ts'

/** Every way in for files. */
export const sources: readonly Source[] = [
  // tables
  reviewsCsv,
  voicesTable,
  jsonl,
  ordersTable,
  cancelReasons,
  returnReasons,
  ticketsTable,
  productsTable,
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
  twilioMessages,
  intercom,
  freshdesk,
  gorgias,
  zohoDesk,
  whatsapp,
  wecom,
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
  shopify,
  shopifyCsv,
  woocommerce,
  medusa,
  magento,
  amazonOrders,
  amazonReturns,
  // behaviour and logistics
  searchTerms,
  segment,
  posthog,
  klaviyo,
  snowplow,
  matomo,
  ga4,
  kuaidi100,
  seventeenTrack,
  easypost,
  logisticsTable,
  // community
  canny,
  fider,
  xiaohongshu,
  weibo,
]
