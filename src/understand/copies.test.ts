import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findCopies } from './copies.ts'

const long = '这个热水器加热很快，声音也小，安装师傅态度好，全家都很满意，推荐购买'

test('nearly the same words are a copy of the first', () => {
  const texts = [
    long,
    '今天收到货了，包装严实，试用了一下，效果不错，继续观察',
    `${long}！！！`,
    long.replace('推荐购买', '推荐大家购买'),
    long.replace('，', ' '),
    '這個熱水器加熱很快，聲音也小，安裝師傅態度好，全家都很滿意，推薦購買',
  ]
  expect(findCopies(texts)).toEqual([null, null, 0, 0, 0, 0])
})

test('short texts and different ones are none', () => {
  expect(findCopies(['很好用', '很好用', '物流很快，包装很好', '物流很快，包装很好'])).toEqual([null, null, null, null])
  expect(findCopies([long, '这个取暖器升温很慢，声音也大，安装师傅没有来，全家都不满意，不推荐'])).toEqual([null, null])
  expect(findCopies([])).toEqual([])
})

test('an exact copy is always found, and a copy always points back', () => {
  const text = fc.string({
    unit: fc.constantFrom(...'质量声音很好大小快慢不错师傅安装客服态度满意'),
    minLength: 18,
    maxLength: 60,
  })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 12 }), (texts) => {
      const copies = findCopies([...texts, ...texts])
      for (let i = 0; i < texts.length; i++) expect(copies[texts.length + i]).not.toBeNull()
      copies.forEach((original, i) => {
        if (original !== null) expect(original).toBeLessThan(i)
      })
    }),
    { numRuns: 200 },
  )
})
