import { useTranslation } from 'react-i18next'
import type { DropOff, Funnel } from '../../../src/http/shapes.ts'
import { useDropOff } from '../../api/funnels.ts'
import type { Search } from '../../api/search.ts'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { Interval } from '../../parts/Interval.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { ends, type Scale, scaleOver } from '../../parts/scale.ts'
import { Answer } from '../../parts/states.tsx'
import { Go } from '../../shell/Go.tsx'
import { useOpened } from '../../shell/opened.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'
import { useFunnelWords } from './names.ts'

type Beside = DropOff['did'][number]

/** One axis for the shares of a list, from nought. */
const axisOf = (list: readonly Beside[]) => scaleOver(ends(list.flatMap(({ lost, went }) => [lost, went])), [0])

/** A share of the lost and of those who went on, one under the other on one axis. */
function Pair({ of, name, scale, judged = true }: { of: Beside; name: string; scale: Scale; judged?: boolean }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const side = (key: 'lost' | 'went') => (
    <>
      <span className="aux">{t(`funnel.drop.${key}`)}</span>
      <Interval of={of[key]} scale={scale} tone={key === 'lost' ? 'focus' : 'unsure'} />
      <span className="num">
        <b>{levelText(of[key].value, 'share')}</b>{' '}
        <span className="aux">{range(of[key].low ?? 0, of[key].high ?? 0, 'share')}</span>
      </span>
    </>
  )
  return (
    <li className="pair">
      <span className="row spread">
        <b>{name}</b>
        {judged && <ChangeMark change={of.change} unit="share" higherIsBetter={false} />}
      </span>
      <span className="sides">
        {side('lost')}
        {side('went')}
      </span>
    </li>
  )
}

function Voices({ of, lost }: { of: DropOff; lost: boolean }) {
  const { t } = useTranslation()
  const { exactMoment } = useFormat()
  const voices = of.voices.filter((one) => one.lost === lost)
  if (voices.length === 0) return null
  return (
    <section>
      <h3>{t(lost ? 'funnel.drop.voices' : 'funnel.drop.wentVoices')}</h3>
      <ul className="drop-voices">
        {voices.map((one) => (
          <li key={one.id}>
            <blockquote>“{one.text.length > 120 ? `${one.text.slice(0, 120)}…` : one.text}”</blockquote>
            <Go to="/voices" ask={{ text: one.text.slice(0, 20), from: one.day, to: one.day }} className="aux num more">
              {exactMoment(one.at)}
            </Go>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Said({ of }: { of: DropOff }) {
  const { t } = useTranslation()
  const names = useNames()
  const { lost, went } = of.customers
  // What hardly anybody among the lost says is left to the voices page.
  const said = of.said.filter((one) => one.change?.moreThanChance || (one.lost.value ?? 0) > 0).slice(0, 5)
  const scale = axisOf([of.wrote, ...said])
  if (lost + went === 0) return <p className="soft dense">{t('funnel.drop.nobody')}</p>
  return (
    <>
      <section>
        <h3>{t('funnel.drop.said')}</h3>
        <p className="aux num">{t('funnel.drop.saidHelp', { lost: count(lost), went: count(went) })}</p>
        <ul>
          <Pair of={of.wrote} name={t('funnel.drop.wrote')} scale={scale} judged={false} />
          {said.map((one) => (
            <Pair key={one.key} of={one} name={names.aspect(one.key)} scale={scale} />
          ))}
        </ul>
        {said.length === 0 && <p className="soft dense">{t('funnel.drop.silent')}</p>}
        {said[0] && (
          <Go to="/voices" ask={{ aspect: [said[0].key], sentiment: ['negative'], ...of.period }} className="more">
            {t('funnel.drop.all')}
          </Go>
        )}
      </section>
      <Voices of={of} lost />
      <Voices of={of} lost={false} />
    </>
  )
}

function Content({ of }: { of: DropOff }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const { event } = useFunnelWords()
  const did = of.did.slice(0, 8)
  const scale = axisOf(did)
  if (of.lost === 0) return <p className="soft">{t('funnel.drop.empty')}</p>
  return (
    <div className="drop-off">
      <p>
        <b className="num">{t('funnel.drop.size', { lost: count(of.lost), went: count(of.went) })}</b>{' '}
        <span className="aux">{t('funnel.drop.compare')}</span>
      </p>
      <p className="soft dense num">
        {t('funnel.drop.left', {
          share: levelText(of.left.value, 'share'),
          range: range(of.left.low ?? 0, of.left.high ?? 0, 'share'),
        })}
      </p>
      <section>
        <h3>{t('funnel.drop.did')}</h3>
        <p className="aux">{t('funnel.drop.didHelp')}</p>
        <ul>
          {did.map((one) => (
            <Pair key={one.key} of={one} name={event(one.key)} scale={scale} />
          ))}
        </ul>
        {of.did.length === 0 && <p className="soft dense">{t('funnel.drop.nothing')}</p>}
      </section>
      <Said of={of} />
    </div>
  )
}

/** What people who fell out said and did, beside those who went on. Which step it is stands in the address. */
export function DropOffSheet({ search, funnel }: { search: Search; funnel: Funnel }) {
  const { t } = useTranslation()
  const sheet = useOpened('step')
  const { step: nameOf } = useFunnelWords()
  const asked = sheet.opened === undefined ? -1 : Number(sheet.opened)
  const step = Number.isInteger(asked) && asked >= 0 && asked < funnel.steps.length - 1 ? asked : -1
  const found = useDropOff(search, JSON.stringify(funnel), step)
  const title =
    step < 0 ? '' : t('funnel.drop.title', { from: nameOf(funnel.steps[step]!), to: nameOf(funnel.steps[step + 1]!) })
  return (
    <Sheet title={title} open={step >= 0} close={sheet.close}>
      <Answer of={found} what={title} cards={[3, 6, 4]}>
        {(data) => <Content of={data} />}
      </Answer>
    </Sheet>
  )
}
