import { describe, expect, test } from 'vitest'
import { currencyOf, minorOf, moneyAt } from './money.ts'

describe('money', () => {
  test('becomes minor units by its digits, not by a binary fraction', () => {
    expect([minorOf('1.005', 'USD'), minorOf('19.99', 'USD'), minorOf(1259.9, 'USD')]).toEqual([101, 1999, 125990])
    expect([minorOf('-12.50', 'EUR'), minorOf('¥1,299', 'CNY'), minorOf('１２．５元', 'CNY')]).toEqual([
      -1250, 129900, 1250,
    ])
  })

  test('has as many decimal places as its currency', () => {
    expect([minorOf('1500', 'JPY'), minorOf('1.2345', 'KWD'), minorOf('3', 'CNY')]).toEqual([1500, 1235, 300])
  })

  test('that is no amount stays as it is written, to be refused with its value', () => {
    expect([minorOf('free', 'USD'), minorOf('1.2.3', 'USD')]).toEqual(['free', '1.2.3'])
  })

  test('is not known without a currency, and a code is three letters', () => {
    expect(moneyAt({ a: '1' }, 'a', undefined)).toBeUndefined()
    expect([currencyOf('usd'), currencyOf('$'), currencyOf(null)]).toEqual(['USD', undefined, undefined])
  })
})
