import type { Verdict } from '../../../core/estimate.ts'
import type { Words } from '../../../core/words.ts'
import type { Bounds } from '../../proof.ts'
import { type Check, holdsBefore } from './checks.ts'
import type { Contrast } from './contrast.ts'
import { type DidInput, MIN_CASES, MIN_PRODUCTS } from './input.ts'

export const method: Words = {
  zh: '双重差分：改动商品前后的变化，减去未改动商品同期的变化。以商品为单位估计误差（CR2 方差，Bell–McCaffrey 自由度的 t 区间），订单少的商品权重小。',
  en: 'Difference in differences: how the touched products changed, less how the untouched changed over the same weeks. Errors are between products (CR2 variance, t with Bell–McCaffrey degrees of freedom); products with few orders weigh less.',
}

interface Figures {
  verdict: Verdict
  effect: Contrast | null
  relative: Bounds | null
  checks: readonly Check[]
  enough: { treated: readonly unknown[]; control: readonly unknown[] }
}

/** The verdict as one plain sentence. Only here, after the checks held, may words say that a change did something. */
export function sentenceOf(input: DidInput, figures: Figures): Words {
  const { zh, en } = namesOf(input)
  const { verdict, effect } = figures
  switch (verdict) {
    case 'too_early':
      return {
        zh: `为时尚早：改动后已知结果的还不到 ${MIN_CASES} 例`,
        en: `Too early: fewer than ${MIN_CASES} cases after the change have their outcome yet`,
      }
    case 'cannot_tell':
      return { zh: `说不准：${whyUnsure(input, figures).zh}`, en: `Cannot tell: ${whyUnsure(input, figures).en}` }
    case 'no_effect':
      return {
        zh: `无效：${zh}的变化（${range(input, effect!).zh}）在 ±${size(input, input.margin).zh}之内，不值得做`,
        en: `No effect worth having: the change of the ${en} (${range(input, effect!).en}) lies within ±${size(input, input.margin).en}`,
      }
    default:
      return moved(input, figures)
  }
}

function moved(input: DidInput, { verdict, effect, relative }: Figures): Words {
  const { zh, en } = namesOf(input)
  const fell = effect!.value < 0
  const amount = relative ? share(Math.abs(relative.value)) : undefined
  const by = size(input, Math.abs(effect!.value))
  const label = verdict === 'worked' ? { zh: '有效', en: 'It worked' } : { zh: '有害', en: 'It harmed' }
  return {
    zh: `${label.zh}：这次改动使${zh}${fell ? '降' : '升'}了 ${amount ?? by.zh}${amount ? `（${by.zh.trim()}）` : ''}`,
    en: `${label.en}: the change made the ${en} ${fell ? 'fall' : 'rise'} by ${amount ?? by.en}${amount ? ` (${by.en})` : ''}`,
  }
}

function whyUnsure(input: DidInput, { effect, checks, enough }: Figures): Words {
  const fewest = Math.min(enough.treated.length, enough.control.length)
  if (fewest < MIN_PRODUCTS || !effect) {
    return {
      zh: `可比的商品太少（改动 ${enough.treated.length} 款，未改动 ${enough.control.length} 款，各需至少 ${MIN_PRODUCTS} 款）`,
      en: `too few products to compare (${enough.treated.length} touched, ${enough.control.length} untouched; ${MIN_PRODUCTS} each are needed)`,
    }
  }
  if (!holdsBefore(checks)) {
    return {
      zh: '改动之前两组就已不同步，不能比较',
      en: 'the groups already differed before the change, so they cannot be compared',
    }
  }
  const { zh, en } = range(input, effect)
  return {
    zh: `${namesOf(input).zh}的变化可能是 ${zh}，包含 0`,
    en: `the change of the ${namesOf(input).en} may be anything from ${en}, which holds 0`,
  }
}

const signed = (value: number, digits: number) => `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`
const share = (value: number) => `${(100 * value).toFixed(1)}%`

function size({ measure }: DidInput, value: number): Words {
  if (measure === 'mean') return { zh: ` ${value.toFixed(2)}`, en: value.toFixed(2) }
  return { zh: ` ${(100 * value).toFixed(1)} 个百分点`, en: `${(100 * value).toFixed(1)} pp` }
}

function range({ measure }: DidInput, { low, high }: Contrast): Words {
  const [from, to] =
    measure === 'share' ? [signed(100 * low, 1), signed(100 * high, 1)] : [signed(low, 2), signed(high, 2)]
  return measure === 'share'
    ? { zh: `${from} 至 ${to} 个百分点`, en: `${from} to ${to} pp` }
    : { zh: `${from} 至 ${to}`, en: `${from} to ${to}` }
}

/** Names as they stand inside a sentence: “return rate”, but “NPS”. */
const namesOf = ({ outcome }: DidInput): Words => ({
  zh: outcome.zh,
  en: /^[A-Z][a-z]/.test(outcome.en) ? outcome.en[0]!.toLowerCase() + outcome.en.slice(1) : outcome.en,
})
