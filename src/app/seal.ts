import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps a secret readable for this installation alone. */
export interface Seal {
  close(secret: string): string
  /** Null where it was sealed by another installation, or altered. */
  open(sealed: string): string | null
}

const NONCE = 12
const TAG = 16

/**
 * AES-256-GCM under a key derived from the installation's own secret (HKDF-SHA-256, RFC 5869) for one purpose: what is sealed for one
 * cannot be opened as another. A copy of the database without the data folder's secret tells nothing.
 */
export function sealFor(purpose: string, secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `daystar ${purpose}`, 32))
  return {
    close(text) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      if (bytes.length < NONCE + TAG) return null
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE))
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
      try {
        return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return null
      }
    },
  }
}
