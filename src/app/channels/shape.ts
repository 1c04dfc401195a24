/** What the doors check with. */
export { telling } from '../../act/notify/channels.ts'
