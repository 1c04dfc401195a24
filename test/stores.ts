import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openStores, type StoreOptions, type Stores } from '../src/store/open.ts'

/** A new empty folder for one test. Open to other users, since PostgreSQL does not run as root even where the tests do. */
export function temporaryFolder(name = 'test'): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), `daystar-${name}-`))
  chmodSync(folder, 0o755)
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Both engines, real, on a folder of their own that `remove` closes and clears away. One at a time in a process. */
export async function openTestStores(
  options: Partial<StoreOptions> = {},
): Promise<Stores & { remove(): Promise<void> }> {
  const folder = temporaryFolder()
  const stores = await openStores({ dataDir: path.join(folder.path, 'data'), ...options })
  if (!stores.ok) throw new Error(`${stores.problem.message} ${logOf(folder.path)}`)
  const remove = async () => {
    await stores.value.close()
    folder.remove()
  }
  return { ...stores.value, remove }
}

function logOf(folder: string): string {
  try {
    return readFileSync(path.join(folder, 'data', 'postgres.log'), 'utf8').slice(-2000)
  } catch {
    return ''
  }
}
