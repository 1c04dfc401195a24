import { accessSync, constants } from 'node:fs'
import { root } from './runtime.mjs'
import { Trouble } from './trouble.mjs'

/** Throws where this user cannot write in the clone; `why` says what would be written. */
export function mustBeWritable(why) {
  try {
    accessSync(root, constants.W_OK)
  } catch {
    throw new Trouble(
      `${root} cannot be written by this user, and ${why} there. Give the right to write, or start as the folder's owner.`,
    )
  }
}
