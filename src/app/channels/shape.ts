/** What the doors check with. */
export { telling } from '../../act/notify/channels.ts'
export { mailbox } from '../../act/notify/email/mailbox.ts'
