import type { Command } from './command.ts'

/** The commands by name, in the order in which the help lists them. Each is loaded when it is asked for, with what it needs. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).start,
  demo: async () => (await import('./commands/demo.ts')).demo,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  understand: async () => (await import('./commands/understand.ts')).understand,
  learn: async () => (await import('./commands/learn.ts')).learn,
  predict: async () => (await import('./commands/predict.ts')).predict,
  evaluate: async () => (await import('./commands/evaluate.ts')).evaluate,
  report: async () => (await import('./commands/report.ts')).report,
  review: async () => (await import('./commands/review.ts')).review,
  prove: async () => (await import('./commands/prove.ts')).prove,
  survey: async () => (await import('./commands/survey.ts')).survey,
  corrections: async () => (await import('./commands/corrections.ts')).corrections,
  privacy: async () => (await import('./commands/privacy.ts')).privacy,
  key: async () => (await import('./commands/key.ts')).key,
}
