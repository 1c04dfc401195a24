import { answerRate } from './answer_rate/answer_rate.ts'
import { averageOrderValue } from './average_order_value/average_order_value.ts'
import { badReviewRate } from './bad_review_rate/bad_review_rate.ts'
import { cancelRate } from './cancel_rate/cancel_rate.ts'
import { ces } from './ces/ces.ts'
import { complaintRate } from './complaint_rate/complaint_rate.ts'
import { contactRate } from './contact_rate/contact_rate.ts'
import { conversion } from './conversion/conversion.ts'
import { csat } from './csat/csat.ts'
import type { Indicator } from './define.ts'
import { deliveryP90 } from './delivery_p90/delivery_p90.ts'
import { deliveryTime } from './delivery_time/delivery_time.ts'
import { experienceDelayRate } from './experience_delay_rate/experience_delay_rate.ts'
import { firstAnswerP90 } from './first_answer_p90/first_answer_p90.ts'
import { firstAnswerTime } from './first_answer_time/first_answer_time.ts'
import { firstContactResolution } from './first_contact_resolution/first_contact_resolution.ts'
import { handlingP90 } from './handling_p90/handling_p90.ts'
import { handlingTime } from './handling_time/handling_time.ts'
import { lapseRate } from './lapse_rate/lapse_rate.ts'
import { nps } from './nps/nps.ts'
import { onTimeRate } from './on_time_rate/on_time_rate.ts'
import { paymentSuccess } from './payment_success/payment_success.ts'
import { positiveShare } from './positive_share/positive_share.ts'
import { rating } from './rating/rating.ts'
import { recommendedClickRate } from './recommended_click_rate/recommended_click_rate.ts'
import { refundRate } from './refund_rate/refund_rate.ts'
import { repurchaseRate } from './repurchase_rate/repurchase_rate.ts'
import { returnRate } from './return_rate/return_rate.ts'
import { searchToView } from './search_to_view/search_to_view.ts'
import { viewToCart } from './view_to_cart/view_to_cart.ts'
import { zeroResultRate } from './zero_result_rate/zero_result_rate.ts'

/** Every indicator, in the order in which they are shown. */
export const indicators = [
  nps,
  csat,
  ces,
  positiveShare,
  rating,
  badReviewRate,
  firstAnswerTime,
  firstAnswerP90,
  answerRate,
  handlingTime,
  handlingP90,
  firstContactResolution,
  complaintRate,
  contactRate,
  returnRate,
  refundRate,
  cancelRate,
  onTimeRate,
  experienceDelayRate,
  deliveryTime,
  deliveryP90,
  averageOrderValue,
  repurchaseRate,
  lapseRate,
  searchToView,
  zeroResultRate,
  recommendedClickRate,
  viewToCart,
  paymentSuccess,
  conversion,
] as const satisfies readonly Indicator[]

export type IndicatorId = (typeof indicators)[number]['id']

export const findIndicator = (id: string): Indicator | undefined => indicators.find((indicator) => indicator.id === id)

/** Those with which an overview and a report begin. */
export const headlines: readonly Indicator[] = [nps, csat, ces, positiveShare, returnRate]
