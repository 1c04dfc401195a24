import { expect, it } from 'vitest'
import type { Relation, Voiced } from './relations.ts'
import { learnLook, lookAgain } from './second-look.ts'
import { settingOf } from './setting.ts'
import type { Candidate } from './spans.ts'
import { howToTell, type Judgeable } from './telling.ts'
import { cutUnits } from './units.ts'

const text = '屏幕很清晰，颜色也好看'
const span = (sort: number, start: number, end: number): Candidate => ({ sort, start, end, probability: 0.6 })
const aspect = span(0, 0, 2)
const short = span(1, 3, 5)
const long = span(1, 2, 5)

const told = (opinion: Candidate, confidence: number): Voiced['told'] => {
  return { aspect: { start: 0, end: 2 }, opinion, category: '', polarity: 'positive', confidence }
}
const voiced = (opinion: Candidate, probability: number): Voiced => {
  return { aspect, opinion, probability, polarity: 0, told: told(opinion, probability) }
}

/** A text in which the short opinion is right where the pair with the long one is unlikely, although its own pair is as likely always. */
function made(i: number): Judgeable {
  const units = cutUnits(text)
  const rival = 0.15 + 0.05 * (i % 8)
  const right = i % 8 < 4
  const relations: Relation[] = [told(right ? short : long, 1)]
  const setting = settingOf({ units, marks: new Uint8Array(units.count), domain: 0, moodOf: () => 0 }, [
    aspect,
    short,
    long,
  ])
  return { relations, fold: i % 3, setting, found: [voiced(short, 0.5), voiced(long, rival)] }
}
const texts = Array.from({ length: 240 }, (_, i) => made(i))
const looked = texts.map(({ setting, found }, i) => ({ setting, found, right: [i % 8 < 4, i % 8 >= 4] }))

it('tells a pair by how likely the other is that would stand in its place', () => {
  const look = learnLook(looked, 7)
  const alone = lookAgain(look, texts[0]!.setting, texts[0]!.found)
  expect(alone[0]!.opinion).toBe(short)
  expect(alone[0]!.told.confidence).toBeGreaterThan(0.8)
  const beside = lookAgain(look, texts[7]!.setting, texts[7]!.found)
  expect(beside[0]!.opinion).toBe(long)
  expect(beside[1]!.told.confidence).toBeLessThan(0.2)
  expect(learnLook(looked, 7)).toEqual(look)
})

it('is taken where it tells more that is right of texts that it has not seen', () => {
  expect(howToTell(texts, 3, 7)).toMatchObject({ look: { depth: 2 }, alternatives: false })
  const alike = texts.map((one) => ({ ...one, relations: [told(short, 1)], found: [voiced(short, 0.5)] }))
  expect(howToTell(alike, 3, 7).look).toBeNull()
})
