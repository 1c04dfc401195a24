import type { BackupDone, BackupProgress } from '../app/backup.ts'
import type { Result } from '../core/result.ts'
import { DONE, FAILED, say } from './command.ts'

/** Shows how far it is: on a terminal as it goes, else a line a step. */
export function showSteps(): (progress: BackupProgress) => void {
  let last = ''
  return ({ step, done, of }) => {
    if (process.stderr.isTTY) {
      const share = of === undefined || of === 0 ? '' : ` of ${of.toLocaleString('en')}`
      process.stderr.write(`\r\u001b[K  ${step}: ${done.toLocaleString('en')}${share}`)
    } else if (step !== last) console.error(`  ${step}`)
    last = step
  }
}

export function tellBackup(result: Result<BackupDone>, json: boolean, did: string): number {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  if (!result.ok) {
    say(result.problem)
    return FAILED
  }
  const { folder, made, rows, bytes, secret } = result.value
  if (json) console.log(JSON.stringify(result.value))
  else {
    console.log(`${rows.toLocaleString('en')} rows, ${(bytes / 1e6).toFixed(1)} MB of ${made}: ${did} ${folder}`)
    if (!secret)
      console.log('The file "secret" is not among them: sealed texts and keys need the one of the old data folder.')
  }
  return DONE
}
