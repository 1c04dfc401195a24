import { expect, test } from 'vitest'
import { whyFailed } from './mining.ts'

const engine = (code: string) =>
  Object.assign(new Error('Code: DB::Exception: (for query) would use 9.31 GiB'), { code })

test('a limit of the engine is said with what to do, in both languages, and anything else in its own words', () => {
  expect(whyFailed(engine('241'))).toEqual({
    en: expect.stringMatching(/more memory than .*: choose a shorter period/),
    zh: expect.stringMatching(/内存。请缩短时间范围/),
  })
  expect(whyFailed(engine('159')).zh).toContain('限定时间')
  for (const code of ['241', '159', '160']) expect(whyFailed(engine(code)).en).not.toContain('DB::Exception')
  const own = 'The mining thread ended with code 1.'
  expect(whyFailed(new Error(`${own}\n  at once`))).toEqual({ en: own, zh: own })
})
