import { describe, expect, test } from 'vitest'
import { draftOf, emptyDraft, textOf, withField, wordsText } from './draft.ts'

describe('a draft of a pack', () => {
  test('comes back from its text, with what the form does not know', () => {
    const text =
      '{"id":"heater","zh":"取暖器","en":"Heater","ignore":"苹果","aspects":[{"id":"noise","handsOver":{"x":"y"}}]}'
    const draft = draftOf(text)!
    const changed = { ...draft, aspects: [withField(draft.aspects[0]!, 'faults', '叮叮当当')] }
    expect(JSON.parse(textOf(changed))).toEqual({
      ...JSON.parse(text),
      aspects: [{ id: 'noise', handsOver: { x: 'y' }, faults: '叮叮当当' }],
    })
  })

  test('is none where the text is broken or holds something else', () => {
    for (const text of ['', '{', 'null', '[]', '{"aspects":1}', '{"aspects":[],"scenes":{}}'])
      expect(draftOf(text)).toBeNull()
    expect(draftOf(emptyDraft('a', '甲', 'A'))).toEqual({ id: 'a', zh: '甲', en: 'A', aspects: [] })
  })

  test('words stand in one line, and an emptied field is gone', () => {
    expect(wordsText(['吵', '响'])).toBe('吵|响')
    expect(wordsText(undefined)).toBe('')
    expect(withField({ id: 'a', faults: '吵' }, 'faults', '')).toEqual({ id: 'a' })
  })
})
