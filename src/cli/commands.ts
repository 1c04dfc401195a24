import type { Command } from './command.ts'
import { backup } from './commands/backup.ts'
import { corrections } from './commands/corrections.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { evaluate } from './commands/evaluate.ts'
import { importCommand } from './commands/import.ts'
import { key } from './commands/key.ts'
import { learn } from './commands/learn.ts'
import { predict } from './commands/predict.ts'
import { privacy } from './commands/privacy.ts'
import { prove } from './commands/prove.ts'
import { report } from './commands/report.ts'
import { restoreCommand } from './commands/restore.ts'
import { review } from './commands/review.ts'
import { start } from './commands/start.ts'
import { survey } from './commands/survey.ts'
import { understand } from './commands/understand.ts'

export const commands: readonly Command[] = [
  start,
  demo,
  doctor,
  backup,
  restoreCommand,
  importCommand,
  understand,
  learn,
  predict,
  evaluate,
  report,
  review,
  prove,
  survey,
  corrections,
  privacy,
  key,
]
