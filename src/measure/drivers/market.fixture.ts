import { addDays } from '../../core/clock.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type MentionOf, mentionRows, orderRow, seeded, type VoiceRow, voiceRow } from '../fixture.ts'
import type { Names } from './sentences.ts'

export const names: Names = {
  aspects: new Map(
    Object.entries({
      noise: { zh: '噪音', en: 'Noise', touchpoint: 'fulfil.use' },
      heat: { zh: '制热', en: 'Heating', touchpoint: 'fulfil.use' },
      look: { zh: '外观', en: 'Look', touchpoint: 'browse.detail' },
      install: { zh: '安装', en: 'Installation', touchpoint: 'fulfil.install' },
      refusal: { zh: '退货', en: 'Return', touchpoint: 'aftersale.return' },
    }),
  ),
  scenes: new Map(
    Object.entries({ sleep: { zh: '睡觉', en: 'Sleeping' }, office: { zh: '办公', en: 'In the office' } }),
  ),
}

export interface MarketSettings {
  seed: number
  orders: number
  /** First day; the market lasts 56 days. */
  from: string
  /** False plants nothing: complaints and outcomes then have nothing to do with each other. */
  planted: boolean
}

/**
 * A small market: heaters that are returned when they are noisy at night (not by day), water heaters rated low when they are installed
 * late, and complaints of heat and look that go with nothing. Some products are returned more than others, and complained of more.
 */
export async function fillMarket(analytics: Analytics, { seed, orders, from, planted }: MarketSettings): Promise<void> {
  const random = seeded(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const rows = { voices: [] as object[], mentions: [] as object[], orders: [] as object[] }
  for (let place = 0; place < orders; place++) {
    const category = place % 2 ? 'heater' : 'boiler'
    const product = Math.floor(random() * 12)
    const base = {
      category,
      product_id: `${category}-${product}`,
      customer_ref: `c${place}`,
      city: pick(['杭州', '北京', '广州']),
      order_id: `${seed}-o${place}`,
    }
    const ordered_day = addDays(from, Math.floor(random() * 56))
    const delivered_day = addDays(ordered_day, 2)
    const lateInstall = category === 'boiler' && random() < 0.2
    const mentions: MentionOf[] = []
    const speaks = random() < 0.7
    const complains = (aspect: string, chance: number, scene = '') =>
      speaks && random() < chance && mentions.push({ aspect, polarity: 'negative', scene })
    if (category === 'heater') {
      complains('noise', 0.08 + product / 100, 'sleep')
      complains('noise', 0.1, pick(['', 'office']))
    }
    complains('heat', 0.15, pick(['', 'sleep']))
    complains('look', 0.15)
    if (speaks && random() < 0.3) mentions.push({ aspect: 'noise', polarity: 'positive', scene: 'sleep' })
    const sleepless =
      planted &&
      mentions.some(
        (mention) => mention.scene === 'sleep' && mention.aspect === 'noise' && mention.polarity === 'negative',
      )
    const returned = random() < 0.05 + product / 120 + (sleepless ? 0.25 : 0)
    const rating = planted && lateInstall ? pick([1, 1, 2, 2, 3, 4]) : pick([1, 2, 3, 4, 4, 5, 5, 5])
    rows.orders.push(
      orderRow({
        ...base,
        ordered_day,
        delivered_day,
        promised_day: addDays(ordered_day, 3),
        install_promised_day: category === 'boiler' ? addDays(delivered_day, 1) : undefined,
        installed_day: category === 'boiler' ? addDays(delivered_day, lateInstall ? 3 : 1) : undefined,
        returned_day: returned ? addDays(delivered_day, 5) : undefined,
        refund_minor: returned ? 19_900 : undefined,
      }),
    )
    if (returned)
      write(rows, { ...base, id: `${seed}-back${place}`, day: addDays(delivered_day, 5), kind: 'return_reason' }, [
        { aspect: 'heat', polarity: 'negative' },
      ])
    if (returned && random() < 0.5) {
      const wish = {
        ...base,
        id: `${seed}-wish${place}`,
        day: addDays(delivered_day, 2),
        kind: 'chat',
        text: '不暖和，想退货',
      }
      write(rows, wish, [{ aspect: 'heat', polarity: 'negative' }])
    }
    if (speaks)
      write(
        rows,
        { ...base, id: `${seed}-v${place}`, day: addDays(delivered_day, 1), rating, text: `“很吵”，第 ${place} 次` },
        mentions,
      )
  }
  for (const [table, list] of Object.entries(rows)) await analytics.insert(table, list)
}

function write(rows: { voices: object[]; mentions: object[] }, voice: VoiceRow, mentions: readonly MentionOf[]) {
  rows.voices.push(voiceRow(voice, mentions))
  rows.mentions.push(...mentionRows(voice, mentions))
}
