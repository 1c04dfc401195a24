import { describe, expect, test } from 'vitest'
import { leave, leftOf } from './writing.ts'

function store(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    get length() {
      return kept.size
    },
  } as Storage
}

describe('what was being written', () => {
  test('is there again after a reload, until it is as it was before', () => {
    const at = store()
    expect(leftOf(at, 'rule', { name: '' })).toBeNull()
    leave(at, 'rule', { name: '' }, { name: '支付' })
    expect(leftOf(at, 'rule', { name: '' })).toEqual({ value: { name: '支付' } })
    leave(at, 'rule', { name: '' }, { name: '' })
    expect([leftOf(at, 'rule', { name: '' }), at.length]).toEqual([null, 0])
  })

  test('is not laid over what somebody else has saved meanwhile', () => {
    const at = store()
    leave(at, 'rule', { name: 'a' }, { name: 'b' })
    expect(leftOf(at, 'rule', { name: 'c' })).toBeNull()
  })

  test('costs nobody the page where nothing may be stored, or something else lies there', () => {
    const closed = {
      getItem: () => {
        throw new Error('refused')
      },
      setItem: () => {
        throw new Error('refused')
      },
    } as unknown as Storage
    expect(leftOf(closed, 'note', '')).toBeNull()
    expect(() => leave(closed, 'note', '', 'text')).not.toThrow()
    const other = store()
    other.setItem('note', '{')
    expect(leftOf(other, 'note', '')).toBeNull()
  })
})
