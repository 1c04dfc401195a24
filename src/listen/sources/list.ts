import { seventeenTrack } from './17track/source.ts'
import { amazonOrders } from './amazon-orders/source.ts'
import { amazonReturns } from './amazon-returns/source.ts'
import { cancelReasons } from './cancel-reasons/source.ts'
import { easypost } from './easypost/source.ts'
import { ga4 } from './ga4/source.ts'
import { jsonl } from './jsonl/source.ts'
import { klaviyo } from './klaviyo/source.ts'
import { kuaidi100 } from './kuaidi100/source.ts'
import { logisticsTable } from './logistics-table/source.ts'
import { magento } from './magento/source.ts'
import { matomo } from './matomo/source.ts'
import { medusa } from './medusa/source.ts'
import { ordersTable } from './orders-table/source.ts'
import { posthog } from './posthog/source.ts'
import { productsTable } from './products-table/source.ts'
import { returnReasons } from './return-reasons/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'
import { segment } from './segment/source.ts'
import { shopify } from './shopify/source.ts'
import { shopifyCsv } from './shopify-csv/source.ts'
import { snowplow } from './snowplow/source.ts'
import type { Source } from './source.ts'
import { steam } from './steam/source.ts'
import { woocommerce } from './woocommerce/source.ts'
import { yelp } from './yelp/source.ts'

/** Every way in for files. */
export const sources: readonly Source[] = [
  // tables
  reviewsCsv,
  jsonl,
  ordersTable,
  cancelReasons,
  returnReasons,
  productsTable,
  // reviews
  steam,
  yelp,
  // service
  // surveys
  // shop
  shopify,
  shopifyCsv,
  woocommerce,
  medusa,
  magento,
  amazonOrders,
  amazonReturns,
  // behaviour and logistics
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
]
