import type { ConnectionSetting } from '../listen/source/source.ts'
import { sources } from '../listen/sources/list.ts'
import { settingsOf } from './connections/book.ts'

/** Every source as a person chooses one: what it is, what becomes of its fields, and what must be entered to connect it. */
export const describeSources = () =>
  sources.map((source) => ({
    ...{ id: source.id, zh: source.zh, en: source.en, shelf: source.shelf, describe: source.describe },
    mapping: [...(source.mapping ?? [])],
    leftOut: [...(source.leftOut ?? [])],
    settings: (source.settings ?? []).map(shown),
    webhook: source.webhook ? settingsOf(source, 'webhook').map(shown) : null,
    pull: source.pull ? settingsOf(source, 'pull').map(shown) : null,
  }))

const shown = ({ secret = false, optional = false, ...setting }: ConnectionSetting) => ({
  ...setting,
  secret,
  optional,
})
