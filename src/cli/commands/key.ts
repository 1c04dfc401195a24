import { readConfig } from '../../app/config.ts'
import type { Result } from '../../core/result.ts'
import { MAIN, tenantId } from '../../core/tenant.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { call, findServer, refused } from '../connect.ts'

export const key = defineCommand({
  name: 'key',
  summary: 'make an API key for a tenant; it is shown once',
  operands: 'NAME',
  options: { tenant: { type: 'string', hint: 'ID', help: 'whose key (default main)' } },
  async run({ values, operands, json }) {
    const [name] = operands
    const tenant = tenantId.safeParse(values.tenant ?? MAIN)
    if (name === undefined || !tenant.success) return usage(key, 'give the key a name, such as "warehouse"')
    const made = await createKey(tenant.data, name)
    if (!made.ok) {
      say(made.problem)
      return FAILED
    }
    console.log(json ? JSON.stringify(made.value) : made.value.secret)
    return DONE
  },
})

type Key = { id: string; name: string; secret: string }

async function createKey(tenant: typeof MAIN, name: string): Promise<Result<Key>> {
  const config = readConfig()
  const server = await findServer(config)
  if (server) {
    const answer = await call(server, `/keys?tenant=${tenant}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    })
    return answer.ok ? { ok: true, value: (await answer.json()) as Key } : refused(answer)
  }
  const { openApp } = await import('../../app.ts')
  const app = await openApp(config, () => {})
  if (!app.ok) return app
  const value = await app.value.access.createKey(tenant, name)
  await app.value.close()
  return { ok: true, value }
}
