import os from 'node:os'
import { readConfig } from '../../app/config.ts'
import { DONE, defineCommand, FAILED } from '../command.ts'
import { findServer } from '../connect.ts'

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'what is installed, which engines run, versions, disk and memory, and what is wrong',
  operands: '',
  options: {},
  async run({ json }) {
    const { inspectInstallation } = await import('../../app/inspection.ts')
    const { loadReader } = await import('../../understand/reader.ts')
    const config = readConfig()
    const server = await findServer(config)
    const reader = loadReader({ weightsFile: config.weightsFile })
    const found = await inspectInstallation(config, { server: server?.url ?? null, reader })
    if (json) console.log(JSON.stringify(found, null, 2))
    else {
      for (const { name, value } of found.facts) console.log(`${name.padEnd(22)} ${value}`)
      console.log('')
      for (const problem of found.problems)
        console.log(`✗ ${problem.message}${problem.remedy ? `\n  → ${problem.remedy}` : ''}`)
      if (found.problems.length === 0)
        console.log(`✓ nothing wrong (${os.cpus().length} cores, Node ${process.version})`)
    }
    return found.problems.length === 0 ? DONE : FAILED
  },
})
