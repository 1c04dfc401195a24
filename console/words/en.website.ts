import type { Table } from './table.ts'
import type { zhWebsite } from './zh.website.ts'

export const enWebsite: Table<typeof zhWebsite> = {
  website: {
    title: 'Website',
    help: 'One line in your pages sends views, clicks, searches, carts and payments here. Before a visitor agrees, nothing is stored or sent.',
    name: 'Name of the site',
    namePlaceholder: 'For example: web shop',
    needName: 'Give the site a name',
    origins: 'Addresses of its pages',
    originsPlaceholder: 'https://shop.example.com',
    originsHelp: 'One a line, scheme and host only. No other site can send anything with the key.',
    needOrigins: 'Write at least one address',
    badOrigin: 'A line is not the address of a site. Write it like https://shop.example.com, without a path.',
    make: 'Make the code',
    none: 'No site is connected yet',
    noneHelp: 'Write the name and the addresses of your site to get the code for its pages.',
    snippet: 'Code',
    inHead: '1. Put this into the <head> of every page',
    onConsent: '2. Run this once the visitor has agreed; with false when they change their mind',
    reach: 'Your visitors’ browsers must be able to open {{host}}.',
    policy: 'If your pages have a content security policy, add {{host}} to script-src and connect-src.',
    lastEvent: 'Last event {{time}}',
    noEvent: 'No event yet',
    kept: '{{n}} kept',
    refused: '{{n}} refused, last {{time}}: {{name}}, {{reason}}',
    drop: 'Revoke',
    dropSure: 'Pages with this code can no longer send data, at once.',
    events: 'Last events',
    eventsHelp: 'Open your site and click around; it shows here some seconds later.',
    noEvents:
      'No events from pages in the last two days. With the code in place, open your site, agree and click: it will show here.',
    device: { phone: 'Phone', tablet: 'Tablet', desktop: 'Computer' },
  },
}
