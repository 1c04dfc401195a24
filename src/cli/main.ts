import { type Problem, ProblemError } from '../core/result.ts'
import { DONE, FAILED, runCommand, say, USAGE } from './command.ts'
import { commands } from './commands.ts'

// Who reads the output may have seen enough (| head).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(DONE)
})

process.exitCode = await main(process.argv.slice(2))

async function main([name, ...rest]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(await overview())
    return DONE
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    console.error(`daystar: there is no command "${name}"\n\n${await overview()}`)
    return USAGE
  }
  try {
    return await runCommand(await load(), rest)
  } catch (error) {
    const problem = error instanceof ProblemError ? error.problem : (systemProblem(error) ?? (await limitOf(error)))
    if (!problem) throw error
    say(problem)
    return FAILED
  }
}

/** A limit of the engine; asked for only where something failed, as it takes a while to load. */
async function limitOf(error: unknown): Promise<Problem | undefined> {
  const { limitProblem } = await import('../app.ts')
  return limitProblem(error)
}

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  const rows = all.map((command) => `  ${`${command.name} ${command.operands}`.trim().padEnd(34)} ${command.summary}`)
  return [
    'Daystar 启明星',
    '',
    ...rows,
    '',
    'daystar COMMAND --help tells more. Every command takes --json, and - for standard input.',
  ].join('\n')
}

/** What the system refused (a missing file, a folder where a file should be, a full disk), in its own words and with the path. */
function systemProblem(error: unknown): Problem | null {
  const cause = (error as Error).cause ?? error
  const { code, message, path } = cause as NodeJS.ErrnoException
  if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return null
  return {
    code,
    message: message.replace(/^E[A-Z]+: /, ''),
    where: path,
    remedy: 'check the path, and that this user may use it',
  }
}
