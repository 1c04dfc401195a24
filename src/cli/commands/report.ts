import { writeFile } from 'node:fs/promises'
import { readConfig } from '../../app/config.ts'
import { formats, printReport } from '../../app/report/print.ts'
import type { Lang, Report } from '../../app/report/shape.ts'
import type { Result } from '../../core/result.ts'
import { MAIN, type TenantId, tenantId } from '../../core/tenant.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { call, findServer, refused } from '../connect.ts'

export const report = defineCommand({
  name: 'report',
  summary: 'the findings as HTML, Markdown, JSON or CSV',
  operands: '',
  options: {
    tenant: { type: 'string', hint: 'ID', help: 'whose (default main)' },
    from: { type: 'string', hint: 'DAY', help: 'first day, YYYY-MM-DD (default where the data begin)' },
    to: { type: 'string', hint: 'DAY', help: 'last day (default where the data end)' },
    format: { type: 'string', hint: 'F', help: `${formats.join(', ')} (default by the ending of --out, else md)` },
    lang: { type: 'string', hint: 'zh|en', help: 'the language of the report (default zh)' },
    'reader-note': {
      type: 'string',
      hint: 'TEXT',
      help: 'what the report must say of how the texts were read, such as with which weights',
    },
    out: { type: 'string', hint: 'FILE', help: 'where to write (default standard output)' },
  },
  async run({ values, json }) {
    const tenant = tenantId.safeParse(values.tenant ?? MAIN)
    if (!tenant.success) return usage(report, tenant.error.issues[0]!.message)
    const out = values.out as string | undefined
    const format = json ? 'json' : ((values.format as string | undefined) ?? out?.split('.').at(-1) ?? 'md')
    const lang = (values.lang ?? 'zh') as Lang
    const isDay = (day: unknown) => day === undefined || (typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day))
    if (!isFormat(format)) return usage(report, `--format is one of ${formats.join(', ')}`)
    if (lang !== 'zh' && lang !== 'en') return usage(report, '--lang is zh or en')
    if (!isDay(values.from) || !isDay(values.to)) return usage(report, '--from and --to are days, YYYY-MM-DD')
    const made = await makeReport(tenant.data, {
      from: values.from as string | undefined,
      to: values.to as string | undefined,
    })
    if (!made.ok) {
      say(made.problem)
      return FAILED
    }
    const note = (values['reader-note'] as string | undefined) ?? null
    const text = printReport({ ...made.value, reader: { ...made.value.reader, note } }, format, lang)
    if (out === undefined) process.stdout.write(text)
    else await writeFile(out, text)
    return DONE
  },
})

const isFormat = (format: string): format is (typeof formats)[number] => (formats as readonly string[]).includes(format)

async function makeReport(tenant: TenantId, period: { from?: string; to?: string }): Promise<Result<Report>> {
  const config = readConfig()
  const server = await findServer(config)
  if (server) {
    const query = new URLSearchParams({ tenant, format: 'json' })
    for (const [name, day] of Object.entries(period)) if (day !== undefined) query.set(name, day)
    const answer = await call(server, `/report?${query}`)
    return answer.ok ? { ok: true, value: (await answer.json()) as Report } : refused(answer)
  }
  const { openApp } = await import('../../app.ts')
  const app = await openApp(config, () => {})
  if (!app.ok) return app
  const value = await app.value.report(tenant, period, Date.now())
  await app.value.close()
  return { ok: true, value }
}
