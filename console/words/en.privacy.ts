import type { Table } from './table.ts'
import type { zhPrivacy } from './zh.privacy.ts'

export const enPrivacy: Table<typeof zhPrivacy> = {
  privacy: {
    title: 'Customers’ personal data',
    help: 'Customers may have everything that is kept of them, and may ask to be forgotten.',
    customer: 'Customer',
    customerHint: 'Telephone, e-mail, or the shop’s customer id',
    customerHelp:
      'Telephones and e-mail addresses are looked up by their pseudonym, however they are written. What you type is not kept.',
    need: 'Say which customer first',
    export: 'Export a copy',
    exported: '{{n}} {{n, row|rows}} exported; the file is among your downloads.',
    nothing: 'Nothing of this customer is kept here.',
    erase: 'Erase…',
    sure: 'Erase this customer for good',
    sureHelp:
      'Voices, events, dead letters, corrections, survey answers, sealed originals and quotes go, and cannot be brought back. Type the customer once more to confirm:',
    keepOrders: 'Keep the orders, without whose they are',
    keepOrdersHelp: 'Needed only where Daystar is your one book of orders.',
    refuseLater: 'Take in nothing of this customer any more',
    refuseLaterHelp: 'Only a fingerprint is kept. Later orders are taken without whose they are.',
    doErase: 'Erase',
    cancel: 'Cancel',
    erased: 'Erased: {{n}} {{n, row|rows}}.',
    requests: 'Past requests',
    noRequests: 'Nobody has asked for an export or an erasure yet',
    what: { export: 'Export', erase: 'Erasure' },
    rows: '{{n}} {{n, row|rows}}',
    ordersKept: 'orders kept',
    refusedLater: 'refused from then on',
    originals: 'Keep what was masked, sealed',
    originalsHelp:
      'Off by default. When on, masked originals are encrypted, removed when their time is over, and every look is recorded. Turning it off removes those kept so far at once.',
    days: 'Days kept',
    kept: '{{n}} kept now',
    save: 'Save',
    saved: 'Saved',
    looks: 'Last looks',
    look: '{{actor}} looked at an original: {{reason}}',
  },
}
