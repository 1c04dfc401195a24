import { inRoot } from './runtime.mjs'
import { buildStale } from './stale.mjs'

/** Builds the console where it is missing or older than its sources; `src/http` and `src/core` are read by it too. */
export const buildConsole = () =>
  buildStale({
    what: 'the console',
    dist: 'console/dist',
    sources: ['console', 'src/http', 'src/core', 'package-lock.json'],
    args: [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', 'console', '--logLevel', 'warn'],
  })
