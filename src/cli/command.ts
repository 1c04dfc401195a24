import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { Problem } from '../core/result.ts'

/** Exit codes: done; a finding or a failed check; bad usage. */
export const DONE = 0
export const FAILED = 1
export const USAGE = 2

type Option = ParseArgsOptionsConfig[string] & { help: string; hint?: string }

export interface Command {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** What follows the name, such as `SOURCE FILE…`. */
  operands: string
  options: Record<string, Option>
  /** Sentences and examples under the options; a function where they come from what only this command should load. */
  notes?: string | (() => Promise<string>)
  run(call: {
    values: Record<string, string | boolean | string[] | undefined>
    operands: string[]
    json: boolean
  }): Promise<number>
}

export const defineCommand = (command: Command): Command => command

const shared: Record<string, Option> = {
  json: { type: 'boolean', help: 'answer as JSON on standard output' },
  help: { type: 'boolean', short: 'h', help: 'show this help' },
}

/** Parses the arguments and runs the command; help and wrong usage are answered here. */
export async function runCommand(command: Command, argv: string[]): Promise<number> {
  const options = { ...command.options, ...shared }
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({ args: argv, options, allowPositionals: true, strict: true })
  } catch (error) {
    return usage(command, (error as Error).message)
  }
  if (parsed.values.help) {
    console.log(await helpOf(command))
    return DONE
  }
  const values = parsed.values as Record<string, string | boolean | string[] | undefined>
  return command.run({ values, operands: parsed.positionals, json: values.json === true })
}

async function helpOf(command: Command): Promise<string> {
  const rows = Object.entries({ ...command.options, ...shared }).map(([name, option]) => {
    const flag = `--${name}${option.type === 'string' ? ` ${option.hint ?? 'VALUE'}` : ''}`
    return `  ${flag.padEnd(24)} ${option.help}`
  })
  const head = `daystar ${command.name} ${command.operands}`.trim()
  const notes = typeof command.notes === 'function' ? await command.notes() : command.notes
  return [head, '', command.summary, '', ...rows, ...(notes ? ['', notes] : [])].join('\n')
}

export function usage(command: Command, message: string): number {
  console.error(`daystar ${command.name}: ${message}\nTry: daystar ${command.name} --help`)
  return USAGE
}

/** Says what happened, where, and what to do. */
export function say(problem: Problem): void {
  const where = problem.where && !problem.message.includes(problem.where) ? ` (${problem.where})` : ''
  console.error(`daystar: ${problem.message}${where}${problem.remedy ? `\n  → ${problem.remedy}` : ''}`)
}
