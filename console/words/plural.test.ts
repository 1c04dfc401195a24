import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { en } from './en.ts'
import { pluralForm } from './plural.ts'
import { startWords } from './words.ts'

interface Words {
  [key: string]: string | Words
}

/** Every sentence of a table with its key. */
const sentences = (words: Words, at = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${at}${key}`, value] as [string, string]] : sentences(value, `${at}${key}.`),
  )

/** Many of what there is one of; what ends in s without being many is left out. */
const many = /\b1 (?:(?:order|gold|new|more|other|usual|rated) )?(?!(?:as|is|less|misses|series)\b)[a-z]+s\b/

const all = new Map(sentences(en))

/** The sentence as it reads where everything that is counted in it is one. */
function withOnes(key: string): string {
  const ones = [...(all.get(key) ?? '').matchAll(/\{\{(\w+)/g)].map(([, name]) => [
    name,
    name === 'range' ? '1–2' : '1',
  ])
  return String(i18next.t(key.replace(/_one$/, '') as 'nav.voices', { ...Object.fromEntries(ones), count: 1 } as never))
}

describe('the plural', () => {
  beforeAll(() => startWords('en'))

  test('follows the number, also where that is written with a comma or shortened', () => {
    const forms = 'voice|voices'
    expect([1, '1', '1.0', 2, '1,001', '12.3k'].map((n) => pluralForm(n, forms))).toEqual([
      'voice',
      'voice',
      'voices',
      'voices',
      'voices',
      'voices',
    ])
  })

  test('of one thing is said of no sentence in English', () => {
    const wrong = [...all.keys()]
      .filter((key) => !key.endsWith('_other'))
      .map(withOnes)
      .filter((text) => many.test(text))
    expect(wrong).toEqual([])
  })
})
