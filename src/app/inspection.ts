import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Problem } from '../core/result.ts'
import { inspectStores } from '../store/inspect.ts'
import type { Reader } from '../understand/reader.ts'
import { type Config, root } from './config.ts'
import { version } from './version.ts'

export interface Inspection {
  facts: { name: string; value: string }[]
  problems: Problem[]
}

/** Everything that `daystar doctor` tells, looked at from outside: nothing is opened, started or changed. */
export async function inspectInstallation(
  config: Config,
  seen: { server: string | null; reader: Pick<Reader, 'engine' | 'warning' | 'packs'> },
): Promise<Inspection> {
  const stores = await inspectStores(config)
  const problems = [...stores.problems]
  const built = existsSync(path.join(root, 'console/dist/index.html'))
  if (!built)
    problems.push({ code: 'console-not-built', message: 'The console is not built.', remedy: 'npm start builds it.' })
  if (seen.reader.warning)
    problems.push({
      code: 'weights',
      message: seen.reader.warning,
      remedy: 'The packs alone read on; restore models/reader for better reading.',
    })
  const facts = [
    { name: 'Daystar', value: version },
    { name: 'Node', value: process.version },
    {
      name: 'Machine',
      value: `${os.platform()} ${os.arch()}, ${os.cpus().length} cores, ${size(os.totalmem())} memory, ${size(os.freemem())} free`,
    },
    { name: 'Server', value: seen.server ?? 'not running' },
    {
      name: 'Data folder',
      value: `${stores.dataDir}${stores.exists ? '' : ' (not made yet)'}${stores.diskFreeBytes === undefined ? '' : `, ${size(stores.diskFreeBytes)} free on its disk`}`,
    },
    ...stores.engines.map((engine) => ({
      name: engine.name,
      value: [
        engine.version ?? 'version unknown',
        engine.where,
        engine.running ? `running${engine.pid ? ` (process ${engine.pid})` : ''}` : 'not running',
        ...(engine.diskBytes === undefined ? [] : [`${size(engine.diskBytes)} on disk`]),
        ...(engine.memoryBytes === undefined ? [] : [`${size(engine.memoryBytes)} in memory`]),
      ].join(', '),
    })),
    ...(stores.holder?.memoryBytes === undefined
      ? []
      : [{ name: 'Server’s memory', value: size(stores.holder.memoryBytes) }]),
    { name: 'Reader', value: `${seen.reader.engine}, ${seen.reader.packs.length} packs` },
    { name: 'Console', value: built ? 'built' : 'not built' },
  ]
  return { facts, problems }
}

function size(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`
}
