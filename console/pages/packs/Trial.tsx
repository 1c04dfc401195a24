import { useTranslation } from 'react-i18next'
import type { PackTrial } from '../../../src/http/shapes.ts'
import { Polarity } from '../../parts/Polarity.tsx'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

type Reading = PackTrial['examples'][number]['before']

/** A reading in a line: the whole, then each aspect with its polarity. */
function InShort({ of, names }: { of: Reading; names: PackTrial['names'] }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const named = (id: string) => names.aspects.find((one) => one.id === id)?.[lang] ?? id
  return (
    <span className="row wrap">
      <Polarity of={of.sentiment} />
      {of.mentions.length === 0 && <span className="aux">{t('packs.nothingRead')}</span>}
      {of.mentions.map((mention) => (
        <Polarity
          key={`${mention.aspect} ${mention.start} ${mention.polarity}`}
          of={mention.polarity}
          word={named(mention.aspect)}
        />
      ))}
    </span>
  )
}

/** What a draft would change, before it is kept: how many voices, which, and whether its gold cases hold. */
export function Trial({ of }: { of: PackTrial }) {
  const { t } = useTranslation()
  const missing = of.gold.filter((one) => one.missing.length > 0)
  const n = { n: count(of.tried), changed: count(of.changed) }
  return (
    <div className="stack" aria-live="polite">
      <p>
        <b>{of.tried === 0 ? t('packs.triedEmpty') : t(of.changed > 0 ? 'packs.tried' : 'packs.triedNone', n)}</b>
      </p>
      {of.gold.length > 0 && missing.length === 0 && (
        <p className="good">{t('packs.goldHeld', { n: count(of.gold.length) })}</p>
      )}
      {missing.length > 0 && (
        <div>
          <p className="bad">{t('packs.goldMissing', { n: count(missing.length) })}</p>
          <ul className="dense">{missing.flatMap((one) => one.missing.map((what) => <li key={what}>{what}</li>))}</ul>
        </div>
      )}
      {of.examples.length > 0 && (
        <ul className="trial">
          {of.examples.map((one) => (
            <li key={one.id}>
              <p className="dense">{one.text}</p>
              <p className="row wrap">
                <span className="aux">{t('packs.before')}</span>
                <InShort of={one.before} names={of.names} />
              </p>
              <p className="row wrap">
                <span className="aux">{t('packs.after')}</span>
                <InShort of={one.after} names={of.names} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
