import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mask, pseudonym } from './mask.ts'

describe('personal data in a text is masked', () => {
  test.each([
    ['打我电话13812346021吧', '打我电话138****6021吧'],
    ['138 1234 6021', '138****6021'],
    ['138-1234-6021', '138****6021'],
    ['+86 138 1234 6021', '138****6021'],
    ['86-13812346021', '138****6021'],
    ['１３８１２３４６０２１', '138****6021'],
    ['１３８　１２３４　６０２１', '138****6021'],
    ['1 3 8 1 2 3 4 6 0 2 1', '138****6021'],
    ['微信同号13812346021，谢谢', '微信同号138****6021，谢谢'],
    ['010-12345678', '010****78'],
    ['(0571)87654321', '057****21'],
    ['0571 8765 4321', '057****21'],
    ['写信给li.wei@163.com', '写信给l***@163.com'],
    ['mail: Li.Wei+shop@example.co.uk!', 'mail: L***@example.co.uk!'],
    ['身份证11010519491231002X', '身份证110****2X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '110****2X'],
    ['110105 19491231 002X', '110****2X'],
    ['卡号6222 0212 3456 7894 谢谢', '卡号6222****7894 谢谢'],
    ['4111-1111-1111-1111', '4111****1111'],
    ['送到人民路18号3栋2单元501室，放门口', '送到人民路***号***栋***单元***室，放门口'],
    ['住3栋2单元501室', '住***栋***单元***室'],
    ['中山一路十八号', '中山一路***号'],
  ])('%s', (text, masked) => {
    expect(mask(text)).toBe(masked)
  })
})

describe('what only looks like personal data is left as it is', () => {
  test.each([
    '价格199，用了3天，2026-03-01 20:35:27 到货',
    '110105194912310021', // An identity card whose checksum is wrong.
    '6222021234567890', // A card number that fails Luhn.
    '5号下单，8号到货，1号楼下的快递柜',
    '房间号302，在3楼',
    '空调得弄一弄了，大厦一楼的咖啡厅，公寓一楼大厅',
    '功率2000W，220V，尺寸160x200',
    '订单号20260301123456',
    '很好@客服 赞',
    '1.3812345678 倍',
    '3vxn4b7k2qpz81aw', // An id that a machine made.
  ])('%s', (text) => {
    expect(mask(text)).toBe(text)
  })
})

test('masking twice changes nothing more', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom('13812346021', '010-12345678', 'a@b.com', '11010519491231002X', '人民路18号501室', '１３８'),
    fc.integer().map(String),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const once = mask(pieces.join('，'))
      expect(mask(once)).toBe(once)
    }),
    { numRuns: 500 },
  )
})

test('every mainland mobile number is masked, however its digits are grouped and written', () => {
  const digits = fc.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
  const number = digits.map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`)
  const separator = fc.constantFrom('', ' ', '-', '　')
  fc.assert(
    fc.property(number, separator, fc.boolean(), (plain, gap, wide) => {
      const grouped = [plain.slice(0, 3), plain.slice(3, 7), plain.slice(7)].join(gap)
      const written = wide
        ? grouped.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
        : grouped
      expect(mask(`电话：${written}。`)).toBe(`电话：${plain.slice(0, 3)}****${plain.slice(7)}。`)
    }),
    { numRuns: 500 },
  )
})

test('a reference that is a phone number still joins with itself, however it is written, and is not kept', () => {
  expect(pseudonym('13812346021')).toBe(pseudonym('138-1234-6021'))
  expect(pseudonym('13812346021')).not.toContain('6021')
  expect(pseudonym('customer-42')).toBe('customer-42')
})

test('a long text of digits and separators is masked in linear time', () => {
  // It ends at all, which a backtracking pattern would not.
  for (const text of [
    '1 '.repeat(10_000),
    '13'.repeat(10_000),
    `${'a'.repeat(20_000)}@`,
    '路1'.repeat(10_000),
    '0-'.repeat(10_000),
  ])
    expect(typeof mask(text)).toBe('string')
})
