import { describe, expect, test } from 'vitest'
import { en } from '../../console/words/en.ts'
import { zh } from '../../console/words/zh.ts'
import { names } from '../../src/measure/drivers/market.fixture.ts'
import { operations } from '../../src/measure/drivers/operations.ts'
import { outcomes } from '../../src/measure/drivers/outcomes.ts'
import { sentenceOf } from '../../src/measure/drivers/sentences.ts'

/** Words that say that one thing makes another happen. Only a proof may use them. */
const causal = {
  zh: /导致|致使|造成|引起|引发|因为|由于|使得|让|所以|因此|害得|归功|归咎/,
  en: /\b(becaus\w*|caus\w*|lead(s|ing)? to|led to|due to|result(s|ed|ing)? (in|from)|makes|made|driv(e|es|en|ing)|drove|therefore|thanks to|owing to|impact\w*|affects|responsible|effects? of)\b/i,
}

/** Every sentence about a driver that can be made: all outcomes, all factors, both directions, with and without category, scene, cities. */
function allSentences(): { zh: string; en: string }[] {
  const aspects = [...names.aspects.keys()].flatMap((aspect) =>
    ['', ...names.scenes.keys()].map((scene) => ({ factor: 'aspect', aspect, scene })),
  )
  const facts = operations.map(({ id }) => ({ factor: id, aspect: '', scene: '' }))
  return outcomes.flatMap((outcome) =>
    [...aspects, ...facts].flatMap((factor) =>
      ['', 'heater'].flatMap((category) =>
        [0.3, -0.3].flatMap((effect) =>
          [[], ['杭州', '北京']].map((cities) =>
            sentenceOf({ outcome: outcome.id, category, ...factor }, outcome, effect, names, cities),
          ),
        ),
      ),
    ),
  )
}

const texts = (table: object): string[] =>
  Object.values(table).flatMap((value) => (typeof value === 'string' ? [value] : texts(value as object)))

describe('what is said of a correlation', () => {
  test('is never that one thing makes the other: every sentence, in both languages', () => {
    const sentences = allSentences()
    expect(sentences.length).toBeGreaterThan(500)
    for (const sentence of sentences) {
      expect(sentence.zh).not.toMatch(causal.zh)
      expect(sentence.en).not.toMatch(causal.en)
    }
  })

  test('names the outcome and its direction: more and less read differently', () => {
    for (const outcome of outcomes) {
      const [more, less] = [0.3, -0.3].map((effect) =>
        sentenceOf(
          { outcome: outcome.id, category: '', factor: 'aspect', aspect: 'noise', scene: '' },
          outcome,
          effect,
          names,
        ),
      )
      expect(more!.zh).not.toBe(less!.zh)
      expect(more!.en).not.toBe(less!.en)
    }
  })

  test('nor do the pages that show it', () => {
    for (const text of [...texts(zh.drivers), ...texts(zh.finding)]) expect(text).not.toMatch(causal.zh)
    for (const text of [...texts(en.drivers), ...texts(en.finding)]) expect(text).not.toMatch(causal.en)
  })

  test('and the list of causal words catches what it is for', () => {
    for (const text of ['噪音导致退货', '让顾客退货', '因为晚到']) expect(text).toMatch(causal.zh)
    for (const text of ['noise causes returns', 'Because of delay', 'late delivery leads to refunds', 'drives returns'])
      expect(text).toMatch(causal.en)
  })
})
