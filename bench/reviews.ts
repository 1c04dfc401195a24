import { existsSync } from 'node:fs'
import path from 'node:path'
import { simulateMarket } from '../src/demo/market.ts'
import { lines, sharedData } from './rig.ts'

export interface Review {
  text: string
  category: string
  rating: number
}

/** The 50,662 real reviews of online_shopping_10_cats where they lie beside the clone, else the simulated ones of the demo market. */
export function reviews(): { of: string; reviews: Review[] } {
  const folder = path.join(sharedData, 'online_shopping_10_cats')
  if (!existsSync(folder)) return { of: 'the demo market (simulated)', reviews: simulatedReviews() }
  const rows = ['train_1', 'train_2'].flatMap((part) => lines(path.join(folder, `${part}.jsonl`)))
  return {
    of: 'online_shopping_10_cats (real)',
    reviews: rows.map((row) => {
      const { text, category, label } = JSON.parse(row) as { text: string; category: string; label: number }
      return { text, category, rating: label === 1 ? 5 : 1 }
    }),
  }
}

function simulatedReviews(): Review[] {
  const { voices } = simulateMarket({ seed: 7, endDay: '2026-01-31' })
  return voices
    .filter((voice) => voice.kind === 'review')
    .map(({ text, category, rating }) => ({ text, category: category ?? '', rating: rating ?? 3 }))
}
