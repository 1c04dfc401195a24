import { describe, expect, it } from 'vitest'
import { foldText } from '../../../text.ts'
import { ClassReader } from '../../linear/class-reader.ts'
import { FOLDS, learnClassifier } from '../../linear/classifier.ts'
import { hashGrams } from '../../linear/grams.ts'
import { gather } from '../../linear/vocabulary.ts'
import { clausesOf, focusOf } from './focus.ts'

const SHAPE = { order: 2, letters: 0, reach: 0 }
const said = (text: string) => clausesOf(text).map(({ start, end }) => text.slice(start, end))

describe('the focus of a topic', () => {
  it('is sought among clauses; a number with a stop and a word with an apostrophe stay whole', () => {
    expect(said('贵，不过好看！油耗6.5个 还行')).toEqual(['不过好看', '油耗6.5个', '还行'])
    expect(said("it's fine")).toEqual(["it's", 'fine'])
    expect(said('！')).toEqual(['！'])
  })

  it('is the clause that speaks of it', () => {
    const texts = Array.from({ length: 40 }, (_, i) => (i % 2 ? `座椅很软${i}` : `运费太高${i}`))
    const { classifier } = learnClassifier(
      {
        hashed: gather(40, (i, out) => hashGrams(foldText(texts[i]!), 0, texts[i]!.length, SHAPE, out)),
        lengths: [1],
        side: new Float64Array(0),
        sideWidth: 0,
        labels: Int32Array.from(texts, (_, i) => i % 2),
        classes: 2,
        folds: Int32Array.from(texts, (_, i) => i % FOLDS),
        even: false,
      },
      7,
    )
    const text = '昨天到的，座椅不错，就是运费高'
    const focus = focusOf(text, new ClassReader(classifier), SHAPE, new Uint32Array(100), 2)
    expect(focus.map(({ start, end }) => text.slice(start, end))).toEqual(['就是运费高', '座椅不错'])
  })
})
