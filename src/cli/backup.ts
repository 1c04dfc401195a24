import type { BackupDone, BackupProgress } from '../app/backup.ts'
import type { Result } from '../core/result.ts'
import { DONE, FAILED, say } from './command.ts'
import { progressLine } from './progress.ts'

/** Shows how far it is: every step by its name, and within one the numbers. */
export function showSteps(): (progress: BackupProgress) => void {
  const line = progressLine()
  let last = ''
  return ({ step, done, of }) => {
    const share = of === undefined || of === 0 ? '' : ` of ${of.toLocaleString('en')}`
    if (process.stderr.isTTY || step === last) line.show(`${step}: ${done.toLocaleString('en')}${share}`)
    else console.error(`  ${step}`)
    last = step
  }
}

export function tellBackup(result: Result<BackupDone>, json: boolean, did: string): number {
  progressLine().clear()
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
