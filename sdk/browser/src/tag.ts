import type { Call, Daystar } from '../index.d.ts'
import { createDaystar } from './daystar.ts'

/**
 * The script tag: `<script async src="https://cem.example.com/daystar.js" data-key="dsw_…"></script>`. What the page called before is in
 * `window.daystar` as a list of calls; from then on `window.daystar` is the SDK itself.
 */
const page = window as unknown as { daystar?: Call[] | Daystar }
const tag = document.currentScript as HTMLScriptElement | null
if (tag?.dataset.key && (!page.daystar || Array.isArray(page.daystar))) {
  const { key, host, signals, automatic, debug } = tag.dataset
  const daystar = createDaystar({
    key,
    host: host || new URL(tag.src).origin,
    respectSignals: signals !== 'ignore',
    automatic: automatic !== 'off',
    debug: debug !== undefined,
  })
  const waiting = page.daystar || []
  page.daystar = daystar
  daystar.push(...(waiting as Call[]))
}
