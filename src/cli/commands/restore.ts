import path from 'node:path'
import { readConfig } from '../../app/config.ts'
import { showSteps, tellBackup } from '../backup.ts'
import { defineCommand, FAILED, say, usage } from '../command.ts'
import { findServer } from '../connect.ts'

export const restoreCommand = defineCommand({
  name: 'restore',
  summary: 'put a backup into an empty data folder, and compare every row',
  operands: 'DIR|FILE.tar',
  options: {
    check: { type: 'boolean', help: 'only look whether the backup is whole; restores nothing' },
  },
  notes: `The data folder is DAYSTAR_DATA (./data); with DATABASE_URL or CLICKHOUSE_URL the rows go there, and those databases must be empty.

  DAYSTAR_DATA=/srv/daystar ./daystar restore /backups/2026-11-26.tar`,
  async run({ values, operands, json }) {
    const [named, ...more] = operands
    if (named === undefined || more.length > 0)
      return usage(restoreCommand, 'name the folder or the file of one backup')
    const folder = path.resolve(named)
    const { check, restore } = await import('../../app/backup.ts')
    if (values.check) return tellBackup(await check(folder, showSteps()), json, 'whole in')
    const config = readConfig()
    const server = await findServer(config)
    if (server) {
      say({
        code: 'data-folder-in-use',
        message: `Daystar runs on ${config.dataDir} (${server.url}).`,
        remedy: 'Name a new data folder with DAYSTAR_DATA.',
      })
      return FAILED
    }
    return tellBackup(await restore(config, folder, showSteps()), json, `put into ${config.dataDir} from`)
  },
})
