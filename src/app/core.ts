import type { Stores } from '../store/open.ts'
import type { Reader } from '../understand/reader.ts'
import type { ChangeFeed } from './changes.ts'
import type { Config } from './config.ts'
import type { Names } from './names.ts'
import type { Tenancy } from './tenancy.ts'

/** What every flow stands on. */
export interface Core {
  config: Config
  log: (line: string) => void
  stores: Stores
  tenancy: Tenancy
  changes: ChangeFeed
  names: Names
  /** Ids of the departments that may own an aspect. */
  departments: ReadonlySet<string>
  /** The language engine of the main thread, for its packs and version; texts are read by the pool. */
  reader: Pick<Reader, 'packs' | 'engine' | 'warning'>
}
