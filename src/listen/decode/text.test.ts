import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caught } from '../source/source.ts'
import { decodeText } from './text.ts'

async function decode(bytes: Buffer, size = 1_000_000) {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const text = decodeText(pieces())
  const done = await caught(async () => {
    let whole = ''
    for await (const chunk of text.chunks) whole += chunk
    return whole
  })
  return done.ok ? { text: done.value, encoding: text.encoding() } : { problem: done.problem }
}

/** “评价,时间 很好” in GB18030. */
const gb = Buffer.from('c6c0bcdb2ccab1bce40abadcbac30a', 'hex')

describe('the text of a file', () => {
  test('is UTF-8 with or without its mark, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 1, max: 9 }),
        async (text, size) => {
          fc.pre(
            !text.includes('\0') &&
              !text.startsWith('\ufeff') &&
              !text.startsWith('PK') &&
              !text.startsWith('\x1f\x8b'),
          )
          expect((await decode(Buffer.from(text), size)).text).toBe(text)
          expect((await decode(Buffer.from(`\ufeff${text}`), size)).text).toBe(text)
        },
      ),
    )
  })

  test('a web page is refused as one', async () => {
    for (const page of ['<!DOCTYPE html><html></html>', '\ufeff\n <HTML lang="zh">'])
      expect((await decode(Buffer.from(page))).problem).toMatchObject({
        code: 'format',
        message: expect.stringContaining('web page'),
      })
    expect((await decode(Buffer.from('<b>html</b>'))).text).toBe('<b>html</b>')
  })

  test('is UTF-16 of either order, with a mark or mostly ASCII', async () => {
    const text = 'id,text\n1,这件很好😀\n'
    const little = Buffer.from(text, 'utf16le')
    const big = Buffer.from(little).swap16()
    expect(await decode(Buffer.concat([Buffer.from([0xff, 0xfe]), little]), 3)).toEqual({ text, encoding: 'utf-16le' })
    expect(await decode(Buffer.concat([Buffer.from([0xfe, 0xff]), big]), 3)).toEqual({ text, encoding: 'utf-16be' })
    expect((await decode(little, 5)).text).toBe(text)
    expect((await decode(big, 5)).text).toBe(text)
  })

  test('is GB18030 where it is good Chinese in it, also far behind an ASCII beginning', async () => {
    expect(await decode(gb, 1)).toEqual({ text: '评价,时间\n很好\n', encoding: 'gb18030' })
    const late = Buffer.concat([Buffer.from('a,b\n'.repeat(50_000)), gb])
    expect((await decode(late, 1_000)).text).toMatch(/^a,b[\s\S]+很好\n$/)
  })

  test('of another encoding is a problem, not invented characters', async () => {
    const latin = Buffer.from('Tr\xe8s bien, d\xe9j\xe0 vu, caf\xe9 cr\xe8me\n', 'latin1')
    expect((await decode(latin)).problem).toMatchObject({ code: 'encoding', remedy: expect.stringContaining('iconv') })
    expect((await decode(Buffer.from('a\0b'))).problem).toMatchObject({ code: 'encoding' })
  })

  test('is unpacked from gzip, and a bomb or a cut file is refused', async () => {
    expect((await decode(gzipSync('评价,时间\n'), 5)).text).toBe('评价,时间\n')
    expect((await decode(gzipSync(Buffer.alloc(60_000_000, 0x20)))).problem).toMatchObject({ code: 'too_large' })
    expect((await decode(gzipSync('很好'.repeat(1_000)).subarray(0, 40))).problem).toMatchObject({ code: 'format' })
  })
})
