import { z } from 'zod'
import type { KeyWish } from '../../app/access.ts'
import { readConfig } from '../../app/config.ts'
import type { Result } from '../../core/result.ts'
import { MAIN, tenantId } from '../../core/tenant.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { call, findServer, refused } from '../connect.ts'

export const key = defineCommand({
  name: 'key',
  summary: 'make an API key for a tenant; it is shown once',
  operands: 'NAME',
  options: {
    tenant: { type: 'string', hint: 'ID', help: 'whose key (default main)' },
    scope: { type: 'string', hint: 'SCOPE', help: 'ingest (only sends records), read, or write (default)' },
    source: { type: 'string', hint: 'NAME', help: 'with ingest: the one source it may send under' },
  },
  async run({ values, operands, json }) {
    const [name] = operands
    const tenant = tenantId.safeParse(values.tenant ?? MAIN)
    if (name === undefined || !tenant.success) return usage(key, 'give the key a name, such as "warehouse"')
    const wish = keyWish.safeParse({ name, scope: values.scope ?? 'write', source: values.source })
    if (!wish.success) return usage(key, 'the scope is ingest, read or write')
    const made = await createKey(tenant.data, wish.data)
    if (!made.ok) {
      say(made.problem)
      return FAILED
    }
    console.log(json ? JSON.stringify(made.value) : made.value.secret)
    return DONE
  },
})

const keyWish = z.object({
  name: z.string(),
  scope: z.enum(['ingest', 'read', 'write']),
  source: z.string().optional(),
})

type Key = { id: string; name: string; secret: string }

async function createKey(tenant: typeof MAIN, wish: KeyWish): Promise<Result<Key>> {
  const config = readConfig()
  const server = await findServer(config)
  if (server) {
    const answer = await call(server, `/keys?tenant=${tenant}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    })
    return answer.ok ? { ok: true, value: (await answer.json()) as Key } : refused(answer)
  }
  const { openApp } = await import('../../app.ts')
  const app = await openApp(config, () => {})
  if (!app.ok) return app
  const value = await app.value.access.createKey(tenant, wish)
  await app.value.close()
  return { ok: true, value }
}
