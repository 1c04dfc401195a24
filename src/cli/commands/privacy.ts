import { writeFile } from 'node:fs/promises'
import { readConfig } from '../../app/config.ts'
import type { App } from '../../app.ts'
import type { Result } from '../../core/result.ts'
import { MAIN, type TenantId, tenantId } from '../../core/tenant.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { call, findServer, refused } from '../connect.ts'

export const privacy = defineCommand({
  name: 'privacy',
  summary: 'a copy of everything that is kept of one customer, or erase the customer everywhere',
  operands: 'export|erase',
  options: {
    customer: {
      type: 'string',
      hint: 'REF',
      help: 'telephone number, e-mail address, or the shop’s id; - reads it from standard input',
    },
    tenant: { type: 'string', hint: 'ID', help: 'whose customer (default main)' },
    out: { type: 'string', hint: 'FILE', help: 'where an export is written (default standard output)' },
    yes: { type: 'boolean', help: 'erase without being asked again' },
    'keep-orders': { type: 'boolean', help: 'keep the orders, without whose they are' },
    'and-refuse-later': { type: 'boolean', help: 'take in nothing of this customer any more' },
  },
  notes: 'What is erased where, and what the law asks: docs/privacy.md.',
  async run({ values, operands, json }) {
    const [what] = operands
    const tenant = tenantId.safeParse(values.tenant ?? MAIN)
    if (operands.length !== 1 || (what !== 'export' && what !== 'erase'))
      return usage(privacy, 'say what to do: export or erase')
    if (!tenant.success) return usage(privacy, tenant.error.issues[0]!.message)
    const customer = await customerOf(values.customer as string | undefined)
    if (!customer) return usage(privacy, 'name the customer: --customer REF')
    if (what === 'export') return exported(tenant.data, customer, values.out as string | undefined)
    if (!values.yes) return usage(privacy, 'erasing cannot be taken back; say so with --yes')
    const wish = {
      customer,
      keepOrders: values['keep-orders'] === true,
      refuseLater: values['and-refuse-later'] === true,
    }
    return erased(tenant.data, wish, json)
  },
})

async function customerOf(given: string | undefined): Promise<string | undefined> {
  if (given !== '-') return given?.trim() || undefined
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  return text.trim() || undefined
}

async function exported(tenant: TenantId, customer: string, out: string | undefined): Promise<number> {
  const found = await ask<object>(tenant, '/privacy/export', { customer }, (app, by) =>
    app.privacy.export(tenant, customer, by),
  )
  if (!found.ok) return failed(found)
  const text = `${JSON.stringify(found.value, null, 2)}\n`
  // Nobody else on this machine has to read it.
  if (out === undefined) process.stdout.write(text)
  else await writeFile(out, text, { mode: 0o600 })
  return DONE
}

interface Wish {
  customer: string
  keepOrders: boolean
  refuseLater: boolean
}

async function erased(tenant: TenantId, wish: Wish, json: boolean): Promise<number> {
  const body = { ...wish, confirm: wish.customer }
  const done = await ask<{ counts: Record<string, number> }>(tenant, '/privacy/erase', body, (app, by) =>
    app.privacy.erase(tenant, wish, by),
  )
  if (!done.ok) return failed(done)
  if (json) console.log(JSON.stringify(done.value))
  else {
    const rows = Object.entries(done.value.counts).filter(([, n]) => n > 0)
    console.log(
      rows.length === 0
        ? 'nothing of this customer was kept'
        : rows.map(([name, n]) => `${String(n).padStart(8)}  ${name}`).join('\n'),
    )
  }
  return DONE
}

function failed(result: Extract<Result<unknown>, { ok: false }>): number {
  say(result.problem)
  return FAILED
}

/** By the running server where there is one, else in this process. */
async function ask<T>(
  tenant: TenantId,
  path: string,
  body: object,
  here: (app: App, by: { actor: string; now: number }) => Promise<Result<T>>,
): Promise<Result<T>> {
  const config = readConfig()
  const server = await findServer(config)
  if (server) {
    const headers = { 'content-type': 'application/json' }
    const answer = await call(server, `${path}?tenant=${tenant}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return answer.ok ? { ok: true, value: (await answer.json()) as T } : refused(answer)
  }
  const { openApp } = await import('../../app.ts')
  const app = await openApp(config, () => {})
  if (!app.ok) return app
  try {
    return await here(app.value, { actor: 'cli', now: Date.now() })
  } finally {
    await app.value.close()
  }
}
