import { writeFile } from 'node:fs/promises'
import { readConfig } from '../../app/config.ts'
import { ok, type Result } from '../../core/result.ts'
import { MAIN, type TenantId, tenantId } from '../../core/tenant.ts'
import { type TrainingShape, trainingShapes } from '../../understand/training-rows.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { call, findServer, refused } from '../connect.ts'

export const corrections = defineCommand({
  name: 'corrections',
  summary: 'what people corrected, as training data that daystar learn takes',
  operands: 'export',
  options: {
    shape: { type: 'string', hint: 'S', help: `${trainingShapes.join(' or ')} (default class)` },
    tenant: { type: 'string', hint: 'ID', help: 'whose (default main)' },
    out: { type: 'string', hint: 'FILE', help: 'where to write (default standard output)' },
  },
  notes:
    'class: {"text", "label"} with the sentiment. opinions: {"text", "quads"} with offsets in characters (code points).',
  async run({ values, operands }) {
    const tenant = tenantId.safeParse(values.tenant ?? MAIN)
    const shape = trainingShapes.find((one) => one === (values.shape ?? 'class'))
    if (operands.length !== 1 || operands[0] !== 'export') return usage(corrections, 'say what to do: export')
    if (!tenant.success) return usage(corrections, tenant.error.issues[0]!.message)
    if (!shape) return usage(corrections, `--shape is ${trainingShapes.join(' or ')}`)
    const rows = await exported(tenant.data, shape)
    if (!rows.ok) {
      say(rows.problem)
      return FAILED
    }
    if (typeof values.out === 'string') await writeFile(values.out, rows.value)
    else process.stdout.write(rows.value)
    return DONE
  },
})

async function exported(tenant: TenantId, shape: TrainingShape): Promise<Result<string>> {
  const config = readConfig()
  const server = await findServer(config)
  if (server) {
    const answer = await call(server, `/corrections/export?${new URLSearchParams({ tenant, shape })}`)
    return answer.ok ? ok(await answer.text()) : refused(answer)
  }
  const { openApp } = await import('../../app.ts')
  const app = await openApp(config, () => {})
  if (!app.ok) return app
  const rows = await app.value.corrections.training(tenant, shape)
  await app.value.close()
  return ok(rows)
}
