import { writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { readConfig } from '../../app/config.ts'
import { linkSheet, type OpenLink } from '../../app/surveys/links.ts'
import type { App } from '../../app.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { MAIN, type TenantId, tenantId } from '../../core/tenant.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { call, findServer, refused } from '../connect.ts'
import { openInput } from '../input.ts'

export const survey = defineCommand({
  name: 'survey',
  summary: 'surveys of your own: list, export and import them, and the single-use links of the invited',
  operands: 'list|export ID|import FILE|links ID',
  options: {
    tenant: { type: 'string', hint: 'ID', help: 'whose (default main)' },
    out: { type: 'string', hint: 'FILE', help: 'where export and links write (default standard output)' },
    customer: { type: 'string', multiple: true, hint: 'REF', help: 'links: of this customer alone; may be repeated' },
    base: { type: 'string', hint: 'URL', help: 'links: where customers reach the server (default its own address)' },
  },
  notes:
    'import keeps a new draft and prints its id. links prints CSV and notes the links as handed out; each may be answered once, by\n' +
    'whoever holds it. What a survey may ask: docs/surveys.md.',
  async run({ values, operands, json }) {
    const [what, which] = operands
    const tenant = tenantId.safeParse(values.tenant ?? MAIN)
    if (!tenant.success) return usage(survey, tenant.error.issues[0]!.message)
    const out = values.out as string | undefined
    if (what === 'list' && operands.length === 1) return answer(await list(tenant.data, json))
    if (which === undefined || operands.length !== 2)
      return usage(survey, 'say what to do: list, export ID, import FILE or links ID')
    if (what === 'export') return answer(await exported(tenant.data, which), out)
    if (what === 'import') return answer(await imported(tenant.data, which, json))
    if (what !== 'links') return usage(survey, `there is no "survey ${what}"`)
    const customers = values.customer as string[] | undefined
    const base = values.base as string | undefined
    if (base !== undefined && !/^https?:\/\/[^/]/.test(base)) return usage(survey, '--base is an address: https://…')
    return answer(await links(tenant.data, which, { customers, base, json }), out)
  },
})

/** Links and definitions are written so that nobody else on this machine reads them. */
async function answer(made: Result<string>, out?: string): Promise<number> {
  if (!made.ok) {
    say(made.problem)
    return FAILED
  }
  if (out === undefined) process.stdout.write(made.value)
  else await writeFile(out, made.value, { mode: 0o600 })
  return DONE
}

interface Listed {
  id: string
  state: string
  title: { zh: string; en: string }
  steps: { invited: number; completed: number }
}

async function list(tenant: TenantId, json: boolean): Promise<Result<string>> {
  const found = await ask<{ surveys: Listed[] }>(tenant, '/surveys', undefined, async (app) =>
    ok(await app.surveys.list(tenant)),
  )
  if (!found.ok) return found
  const { surveys } = found.value
  if (json) return ok(`${JSON.stringify(surveys)}\n`)
  if (surveys.length === 0) return ok('no surveys yet\n')
  const rows = surveys.map(({ id, state, steps, title }) =>
    [id.padEnd(10), state.padEnd(6), `${steps.completed} complete`.padStart(15), `  ${title.zh}`].join('  '),
  )
  return ok(`${rows.join('\n')}\n`)
}

const noSuch = (id: string) =>
  fail({ code: 'not_found', message: `there is no survey ${id} here`, remedy: 'daystar survey list shows the ids' })

async function exported(tenant: TenantId, id: string): Promise<Result<string>> {
  const found = await ask<{ text: string }>(tenant, `/surveys/${encodeURIComponent(id)}`, undefined, async (app) => {
    const detail = await app.surveys.detail(tenant, id)
    return detail ? ok(detail) : noSuch(id)
  })
  return found.ok ? ok(`${found.value.text}\n`) : found
}

async function imported(tenant: TenantId, file: string, json: boolean): Promise<Result<string>> {
  const input = await openInput(file)
  if (!input.ok) return input
  const definition = (await text(input.value.stream)).replace(/^\uFEFF/, '')
  const made = await ask<{ id: string; state: string; version: number }>(
    tenant,
    '/surveys',
    { text: definition },
    (app) => app.surveys.create(tenant, definition, { actor: 'cli', now: Date.now() }),
  )
  if (!made.ok)
    return fail({ ...made.problem, where: [input.value.name, made.problem.where].filter(Boolean).join(', ') })
  const { id, state, version } = made.value
  return ok(json ? `${JSON.stringify({ id, state, version })}\n` : `${id}\n`)
}

interface Wish {
  customers?: string[]
  base?: string
  json: boolean
}

async function links(tenant: TenantId, id: string, { customers, base, json }: Wish): Promise<Result<string>> {
  const config = readConfig()
  const address = base ?? (await findServer(config))?.url ?? `http://localhost:${config.port}`
  const body = { base: address, customers }
  const found = await ask<{ links: OpenLink[] }>(
    tenant,
    `/surveys/${encodeURIComponent(id)}/links`,
    body,
    async (app) => {
      const open = await app.surveys.links(tenant, id, {
        base: address.replace(/\/+$/, ''),
        customers,
        now: Date.now(),
      })
      return open ? ok({ links: open }) : noSuch(id)
    },
  )
  if (!found.ok) return found
  const open = found.value.links
  if (open.length === 0)
    return fail({
      code: 'none_open',
      message: `${customers ? 'none of these customers has' : 'nobody has'} an open invitation of survey ${id}`,
      remedy: 'an open survey with a rule invites whom something is due for, every ten minutes (docs/surveys.md)',
    })
  return ok(json ? `${JSON.stringify(open)}\n` : linkSheet(open))
}

/** By the running server where there is one, else in this process. */
async function ask<T>(
  tenant: TenantId,
  path: string,
  body: object | undefined,
  here: (app: App) => Promise<Result<T>>,
): Promise<Result<T>> {
  const config = readConfig()
  const server = await findServer(config)
  if (server) {
    const sent = body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const got = await call(server, `${path}?tenant=${tenant}`, sent)
    return got.ok ? ok((await got.json()) as T) : refused(got)
  }
  const { openApp } = await import('../../app.ts')
  const app = await openApp(config, () => {})
  if (!app.ok) return app
  try {
    return await here(app.value)
  } finally {
    await app.value.close()
  }
}
