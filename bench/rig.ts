import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** What a figure was measured on; the load is that of other programs too. */
export function machine(): string {
  const load = os.loadavg().map((value) => value.toFixed(1))
  return `${os.availableParallelism()} cores, load ${load.join(' ')}, Node ${process.versions.node}, ${os.platform()}-${os.arch()}`
}

/** A new empty folder that is gone when the process ends. Others may read it, since PostgreSQL does not run as root. */
export function scratch(name: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), `daystar-bench-${name}-`))
  chmodSync(folder, 0o755)
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The value below which the share `p` of the values lies. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)]!
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** How long the work took, in milliseconds, with what it answered. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
  const begun = performance.now()
  const value = await work()
  return { ms: performance.now() - begun, value }
}

/** `--name N` of the command line. */
export function numberOption(name: string, usual: number): number {
  const place = process.argv.indexOf(`--${name}`)
  return place < 0 ? usual : Number(process.argv[place + 1])
}

/** `--name TEXT` of the command line. */
export function textOption(name: string): string | undefined {
  const place = process.argv.indexOf(`--${name}`)
  return place < 0 ? undefined : process.argv[place + 1]
}

export const count = (value: number): string => Math.round(value).toLocaleString('en')

/** Where the public texts lie, in a folder beside the clone; not part of it. */
export const sharedData = path.resolve(import.meta.dirname, '../../shared/data')

export const lines = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean)
