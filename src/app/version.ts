import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './config.ts'

/** The release that runs, as package.json says it. */
export const version = (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string })
  .version
