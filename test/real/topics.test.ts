import { expect, test } from 'vitest'
import { KnownWords } from '../../src/understand/graph/known.ts'
import type { Told } from '../../src/understand/graph/told.ts'
import { DEFAULT_PACKS_DIR } from '../../src/understand/packs.ts'
import { loadCommon, loadReader } from '../../src/understand/reader.ts'
import { findTopics } from '../../src/understand/topics/rising.ts'
import { hasData, shopReviews } from './review-files.ts'

/** What buyers could begin to speak of tomorrow and no pack has, and what they could say of it. */
const planted = ['碳棒支架', '防拆锡箔', '扫码红包', '语音助手', '水晶踏板']
const sayings = ['根本用不了', '是骗人的', '打火花', '没有反应', '让人火大', '掉下来了', '怎么回事', '形同虚设']
/** How many voices of this period speak of it; nobody did before. */
const sizes = [8, 12, 20]
const VOICES = 2_500
const RUNS = Number(process.env.RUNS ?? 6)

const reader = loadReader({ weightsFile: null })

function told(text: string, id: number, category: string, low: boolean): Told {
  const { mentions, sentiment } = reader.read({ text, category })
  return { id: String(id), text, mentions, low, returned: null, negative: sentiment === 'negative' }
}

/** Numbers from 0 to 1 that are the same every time. */
function randoms(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  const copy = [...all]
  for (let i = copy.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1))
    ;[copy[i], copy[other]] = [copy[other]!, copy[i]!]
  }
  return copy
}

/** A third of a category's reviews as this period, the rest as the one before; which is which is chance. */
function periods(category: string, seed: number) {
  const all = shopReviews().filter((review) => review.category === category)
  const chosen = shuffled(all, randoms(seed)).slice(0, VOICES)
  const split = Math.floor(chosen.length / 3)
  return { now: chosen.slice(0, split), before: chosen.slice(split) }
}

const known = (category: string) => new KnownWords(reader.packFor(category), loadCommon(DEFAULT_PACKS_DIR))
const tell = (category: string) => (review: { text: string; label?: number }, id: number) =>
  told(review.text, id, category, review.label === 0)

test.skipIf(!hasData)(
  'of real reviews in any order nothing rises, but for one order in twenty',
  () => {
    const categories = ['酒店', '手机', '洗发水']
    const orders = categories.flatMap((category) => Array.from({ length: RUNS }, (_, seed) => ({ category, seed })))
    const wrong = orders.filter(({ category, seed }) => {
      const { now, before } = periods(category, seed + 1)
      return findTopics(now.map(tell(category)), before.map(tell(category)), known(category)).length > 0
    })
    console.log(`orders with a topic: ${wrong.length} of ${orders.length}`)
    // With one in twenty expected, four of eighteen would be a one in a hundred chance.
    expect(wrong.length).toBeLessThanOrEqual(Math.ceil(0.2 * orders.length))
  },
  600_000,
)

test.skipIf(!hasData)(
  'what begins to be said is found, the oftener the surer',
  () => {
    const found = new Map(sizes.map((size) => [size, 0]))
    for (let seed = 0; seed < RUNS; seed++) {
      for (const size of sizes) {
        const { now, before } = periods('酒店', seed + 101)
        for (const [at, thing] of planted.entries()) {
          for (const [i, review] of now.slice(at * size, (at + 1) * size).entries())
            review.text += `，${thing}${sayings[i % sayings.length]}`
        }
        const topics = findTopics(now.map(tell('酒店')), before.map(tell('酒店')), known('酒店'))
        const hits = planted.filter((thing) => topics.some((topic) => topic.phrases.some((one) => one.includes(thing))))
        found.set(size, found.get(size)! + hits.length)
      }
    }
    const recall = sizes.map((size) => found.get(size)! / (RUNS * planted.length))
    console.log(
      `found of ${RUNS * planted.length}, by voices that say it: ${sizes.map((size, i) => `${size}: ${recall[i]!.toFixed(2)}`).join(', ')}`,
    )
    expect(recall[1]).toBeGreaterThanOrEqual(0.8)
    expect(recall[2]).toBeGreaterThanOrEqual(0.9)
  },
  600_000,
)
