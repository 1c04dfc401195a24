import { inRoot } from './runtime.mjs'
import { buildStale } from './stale.mjs'

/** Builds the browser SDK, which the server hands out at `/daystar.js`. */
export const buildSdk = () =>
  buildStale({
    what: 'the browser SDK',
    dist: 'sdk/browser/dist',
    sources: ['sdk/browser', 'package-lock.json'],
    args: [inRoot('sdk', 'browser', 'build.mjs')],
  })
