import { Readable } from 'node:stream'
import { readConfig } from '../../src/app/config.ts'
import type { Report } from '../../src/app/report/shape.ts'
import { type ImportResult, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { temporaryFolder } from '../stores.ts'

export interface Shop {
  import(text: string, request: { zone?: string; options: Record<string, unknown> }): Promise<ImportResult>
  report(): Promise<Report>
  remove(): Promise<void>
}

/** Daystar on an empty folder. The packs read alone: no weights, so none that were taught with the very texts that are read. */
export async function openShop(): Promise<Shop> {
  const folder = temporaryFolder('real')
  const config = { ...readConfig({ DAYSTAR_WEIGHTS: 'none' }), dataDir: `${folder.path}/data` }
  const opened = await openApp(config, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  const app = opened.value
  return {
    async import(text, request) {
      const stream = Readable.from([Buffer.from(text)])
      const about = {
        source: 'reviews-csv',
        tenant: MAIN,
        zone: undefined,
        fileName: 'export.csv',
        onProgress: () => {},
        ...request,
      }
      const result = await app.ingest.importFile({ ...about, stream })
      if (!result.ok) throw new Error(result.problem.message)
      await app.ingest.idle()
      return result.value
    },
    report: () => app.report(MAIN, {}, Date.now()),
    async remove() {
      await app.close()
      folder.remove()
    },
  }
}
