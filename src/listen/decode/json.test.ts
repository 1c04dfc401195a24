import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentsOf, parseJson } from './json.ts'

async function documents(text: string, size = 1_000_000) {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
  }
  const found = []
  for await (const { line, value, reason } of documentsOf(pieces()))
    found.push(reason === undefined ? { line, value } : { line, reason })
  return found
}

describe('a JSON stream', () => {
  test('gives the same objects from lines, a list or an indented list, in pieces of any size', async () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(fc.array(object, { maxLength: 5 }), fc.integer({ min: 1, max: 7 }), async (objects, size) => {
        fc.pre(!/\d{16}/.test(JSON.stringify(objects)))
        const plain = JSON.parse(JSON.stringify(objects)) as unknown[]
        for (const text of [
          objects.map((one) => JSON.stringify(one)).join('\n'),
          JSON.stringify(objects),
          JSON.stringify(objects, null, 2),
        ])
          expect((await documents(text, size)).map((one) => 'value' in one && one.value)).toEqual(plain)
      }),
    )
  })

  test('is taken out of the calls of JSONP, in pieces of any size', async () => {
    const calls = 'jsonp128({"a":"(;"});\n cb.x_1( [{"b":1},{"b":2}] )\nnot (a call\n{"c":3}'
    for (const size of [1, 2, 7, 1_000]) {
      const found = await documents(calls, size)
      expect(found.map((one) => ('value' in one ? one.value : one.reason?.slice(0, 11)))).toEqual([
        { a: '(;' },
        { b: 1 },
        { b: 2 },
        'is not JSON',
        { c: 3 },
      ])
    }
  })

  test('says on which line each begins', async () => {
    expect((await documents('[\n{"a":1},\n{\n"a":"}\\""}\n]')).map(({ line }) => line)).toEqual([2, 3])
  })

  test('goes on after what is not JSON, and says what was cut', async () => {
    expect(await documents('{"a":1}\n{"a":1,}\nno json\n{"b":2}\n{"c":')).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 2, reason: expect.stringContaining('is not JSON') },
      { line: 3, reason: expect.stringContaining('is not JSON') },
      { line: 4, value: { b: 2 } },
      { line: 5, reason: expect.stringContaining('ends within it') },
    ])
    expect(await documents('[{"a":1},')).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 1, reason: expect.stringContaining('the file was cut') },
    ])
  })

  test('keeps whole numbers beyond 2^53 as they are written', () => {
    expect(parseJson('{"id":820982911946154508,"n":1.5,"small":-7}')).toEqual({
      id: '820982911946154508',
      n: 1.5,
      small: -7,
    })
  })

  test('refuses what is nested without end', async () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect(await documents(`${deep}\n{"b":1}`)).toEqual([
      { line: 1, reason: 'is nested more than 200 deep' },
      { line: 2, value: { b: 1 } },
    ])
    expect(() => parseJson('['.repeat(100_000))).toThrow(RangeError)
  })

  test('lets no key reach a prototype', () => {
    const value = parseJson('{"__proto__":{"polluted":true}}') as Record<string, unknown>
    expect(Object.hasOwn(value, '__proto__')).toBe(true)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
