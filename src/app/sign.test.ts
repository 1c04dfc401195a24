import { describe, expect, test } from 'vitest'
import { signerFor } from './sign.ts'

const NOW = Date.UTC(2026, 5, 1)
const signer = signerFor('survey link', 'a secret')
const about = { context: 'k1', subject: 'inv_1', expiresAt: NOW + 60_000 }
const token = signer.sign(about)
const codeOf = (given: string, context = 'k1', now = NOW, by = signer) => {
  const checked = by.check(given, { context, now })
  return checked.ok ? checked.value : checked.problem.code
}

describe('a token', () => {
  test('names its subject until it expires', () => {
    expect(codeOf(token)).toBe('inv_1')
    expect(codeOf(token, 'k1', NOW + 59_000)).toBe('inv_1')
    expect(codeOf(token, 'k1', NOW + 60_000)).toBe('token_expired')
  })

  test('is good for one purpose, one context and one installation', () => {
    expect(codeOf(token, 'k1', NOW, signerFor('survey response', 'a secret'))).toBe('token_invalid')
    expect(codeOf(token, 'k2')).toBe('token_invalid')
    expect(codeOf(token, 'k1', NOW, signerFor('survey link', 'another secret'))).toBe('token_invalid')
  })

  test('altered anywhere is refused', () => {
    for (let at = 0; at < token.length; at++)
      for (const other of ['A', 'b', '0', '.', '-']) {
        if (token[at] === other) continue
        expect(codeOf(token.slice(0, at) + other + token.slice(at + 1))).toBe('token_invalid')
      }
    expect(codeOf(`${token} `)).toBe('token_invalid')
    expect(codeOf('')).toBe('token_invalid')
  })

  test('cannot choose how it is checked', () => {
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    const body = Buffer.from('{"sub":"inv_1"}').toString('base64url')
    expect(codeOf(`${none}.${body}.`)).toBe('token_invalid')
    expect(codeOf(`${token.split('.').slice(0, 2).join('.')}.`)).toBe('token_invalid')
    expect(codeOf(`inv_1.zzzzzzz.${'A'.repeat(22)}`)).toBe('token_invalid')
  })
})
