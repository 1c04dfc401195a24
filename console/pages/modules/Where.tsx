import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ModuleGroups, ModuleKpi, ModuleReview } from '../../../src/http/shapes.ts'
import { useModuleGroups, useTicketOfKpi } from '../../api/modules.ts'
import { validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { Export } from '../../parts/export/Export.tsx'
import { IntervalRows, tooFew } from '../../parts/Interval.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { ends, scaleOver, type Tone } from '../../parts/scale.ts'
import { Answer } from '../../parts/states.tsx'
import { useAsking, useGo } from '../../shell/Go.tsx'
import { useOpened } from '../../shell/opened.ts'
import { useAddress, useFormat, useNames, useSlice, useSurroundings } from '../../shell/surroundings.tsx'
import { count, levelText, shortened } from '../../words/format.ts'
import { DimensionPick } from '../indicators/DimensionPick.tsx'
import { type Dimension, useGroupNames } from '../indicators/dimensions.ts'
import { Evidence } from '../indicators/Evidence.tsx'
import { useKpiTexts } from './figures.ts'
import { useGroupsTable } from './table.ts'

const SHOWN = 12
const NAMED = 4

type Group = ModuleGroups['groups'][number]

const toneOf = ({ worse, judgement }: Group): Tone =>
  worse ? 'bad' : judgement === 'more_than_chance' ? 'good' : 'unsure'

/** How far a group lies from the others, where that is more than chance. */
function useApartWords(kpi: ModuleKpi) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const texts = useKpiTexts()
  const { unit } = kpi
  return ({ change, judgement }: Group) =>
    change && judgement === 'more_than_chance'
      ? t('modules.than', {
          direction: t(change.value > 0 ? 'modules.higher' : 'modules.lower'),
          difference: texts.size(change.value, kpi),
          range: change.value > 0 ? range(change.low, change.high, unit) : range(-change.high, -change.low, unit),
        })
      : undefined
}

function Groups({ of, kpi, open }: { of: ModuleGroups; kpi: ModuleKpi; open: (key: string) => void }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const nameOf = useGroupNames(of.by as Dimension)
  const apart = useApartWords(kpi)
  const shown = of.groups.slice(0, SHOWN)
  const worse = of.groups.filter((group) => group.worse)
  const reference = of.target?.value ?? kpi.estimate.value ?? undefined
  const scale = scaleOver(
    ends(shown.filter(({ one }) => !tooFew(one.n)).map(({ one }) => one)),
    reference === undefined ? [] : [reference],
  )
  const rows = shown.map((group) => {
    const few = tooFew(group.one.n)
    return {
      key: group.key,
      label: (
        <button type="button" className="bare link-like" onClick={() => open(group.key)}>
          {nameOf(group)}
        </button>
      ),
      sub: few ? undefined : apart(group),
      of: few ? null : group.one,
      few,
      tone: few ? ('unsure' as const) : toneOf(group),
      text: few ? '' : levelText(group.one.value, kpi.unit, lang),
      n: t('figure.n', { n: count(group.one.n) }),
    }
  })
  const names = worse.slice(0, NAMED).map(nameOf).join(t('modules.comma'))
  return (
    <>
      <p>
        {worse.length > 0
          ? t('modules.worseIn', { count: worse.length, names: worse.length > NAMED ? `${names}…` : names })
          : of.tried < 2
            ? t('modules.tooFewGroups')
            : t('modules.worseNowhere', { n: count(of.tried) })}
      </p>
      <IntervalRows
        rows={rows}
        scale={scale}
        tick={(value) => shortened(levelText(value, kpi.unit, lang))}
        reference={reference}
        judged={false}
        nothing={t('figure.noDataShort')}
        name={t('modules.where', { name: kpi[lang] })}
      />
      {of.of > shown.length && <p className="aux">{t('modules.moreGroups', { n: count(of.of - shown.length) })}</p>}
    </>
  )
}

/** Sends the figure to whoever owns the module. */
function MakeTicket({ module, kpi }: { module: string; kpi: ModuleKpi }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const go = useGo()
  const refusal = useWriteRefusal()
  const refused = useRefused()
  const make = useTicketOfKpi({ tenant: tenant.id }, module)
  return (
    <>
      {make.error && <Alert type="error" showIcon title={refused(make.error, t('modules.refused'))} />}
      <p className="row wrap no-print">
        <Button
          disabled={refusal !== null}
          loading={make.isPending}
          onClick={() => make.mutate(kpi.id, { onSuccess: ({ id }) => go({ to: '/tickets', ask: { ticket: id } }) })}
        >
          {t('modules.makeTicket')}
        </Button>
        {refusal && <span className="aux">{refusal}</span>}
      </p>
    </>
  )
}

const GROUP = 'group:'

/** Where the chosen figure is worse than elsewhere. Press a group for its records. */
export function Where({ of, kpi }: { of: ModuleReview; kpi: ModuleKpi }) {
  const { t } = useTranslation()
  const names = useNames()
  const ask = useAsking()
  const asked = useAddress().by
  const by = kpi.by.find((one) => one === asked) ?? kpi.by[0]!
  const groups = useModuleGroups(of.id, { ...useSlice(), kpi: kpi.id, by })
  const fits = groups.data?.kpi === kpi.id && groups.data.by === by
  const records = useOpened('records')
  const key = records.opened?.startsWith(GROUP) ? records.opened.slice(GROUP.length) : null
  const dimension = t(`indicator.by_${by as Dimension}`)
  const tableOf = useGroupsTable(by as Dimension)
  return (
    <Card
      title={t('modules.where', { name: names.said(kpi) })}
      help={t('modules.whereHelp', {
        reference: t(kpi.target ? 'modules.referenceTarget' : 'modules.referenceWhole'),
      })}
      end={
        <span className="row wrap chart-tools">
          <DimensionPick
            value={by as Dimension}
            offered={kpi.by as Dimension[]}
            choose={(value) => ask((search) => validSearch({ ...search, by: value }), { replace: true })}
          />
          <Export
            what={`${names.said(kpi)} · ${dimension}`}
            table={() => (fits && groups.data ? tableOf(groups.data) : null)}
            period={groups.data?.period}
          />
        </span>
      }
    >
      <Answer of={fits ? groups : { ...groups, data: undefined }} what={names.said(kpi)} cards={[6]}>
        {(data) =>
          data.groups.length === 0 ? (
            <p className="soft">
              {t('modules.noGroups', { by: dimension })} {by === 'tier' && t('modules.noTier')}
            </p>
          ) : (
            <Groups of={data} kpi={kpi} open={(one) => records.open(GROUP + one)} />
          )
        }
      </Answer>
      <MakeTicket module={of.id} kpi={kpi} />
      <Evidence
        of={{
          path: `/modules/${of.id}/evidence`,
          ask: { kpi: kpi.id, by, key: key ?? '' },
          name: names.said(kpi),
          unit: kpi.unit,
        }}
        open={key !== null}
        close={records.close}
      />
    </Card>
  )
}
