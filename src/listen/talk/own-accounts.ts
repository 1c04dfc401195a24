import type { Settings } from '../source/item.ts'
import type { ConnectionSetting } from '../source/source.ts'

/** Under a post the shop answers like anybody else: only a person knows which accounts are the shop's. */
export const ownAccounts: ConnectionSetting = {
  id: 'own',
  zh: '自己的账号',
  en: 'Your own accounts',
  optional: true,
  hint: {
    zh: '店铺自己的用户ID，多个用逗号分开，如 --set own=5f3a…：这些账号说的算客服，不算顾客',
    en: 'The shop’s own user ids, divided by commas, such as --set own=5f3a…: what they say is an agent’s, not a customer’s',
  },
}

/** Who speaks, and as which customer. */
export function speakerIn(user: string | undefined, settings: Settings = {}) {
  const isOwn = user !== undefined && settings.own?.split(/[,，\s]+/).includes(user) === true
  return isOwn ? { speaker: 'agent' as const } : { speaker: 'customer' as const, customerRef: user }
}
