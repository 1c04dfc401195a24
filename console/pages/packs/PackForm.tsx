import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PackDetail } from '../../../src/http/shapes.ts'
import { Field } from '../../parts/Field.tsx'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { type AspectDraft, type PackDraft, type SceneDraft, withField, wordsText } from './draft.ts'

const lists = [
  ['terms', 'fieldTerms'],
  ['faults', 'fieldFaults'],
  ['praises', 'fieldPraises'],
  ['negative', 'fieldNegative'],
  ['positive', 'fieldPositive'],
] as const

interface PartProps<T> {
  part: T
  known: boolean
  change: (part: T) => void
  remove: () => void
}

/** One aspect of the addition: words for one that is there, or a new one with its names and owner. */
function AspectPart({ part, known, change, remove }: PartProps<AspectDraft>) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { catalogue, aspect } = useNames()
  const set = (field: keyof AspectDraft, value: unknown) => change(withField(part, field, value))
  const named = (all: readonly { id: string; zh: string; en: string }[] | undefined) =>
    (all ?? []).map((one) => ({ value: one.id, label: one[lang] }))
  const advice = { zh: part.advice?.zh ?? '', en: part.advice?.en ?? '' }
  const advise = (next: { zh: string; en: string }) =>
    set('advice', next.zh === '' && next.en === '' ? undefined : next)
  return (
    <li className="part-card">
      <p className="row spread">
        <b>{known ? aspect(part.id) : part.zh || t('packs.newAspect')}</b>
        <Button size="small" type="text" onClick={remove}>
          {t('packs.remove')}
        </Button>
      </p>
      {!known && (
        <div className="fields">
          <Field label={t('packs.aspectId')}>
            <Input value={part.id} onChange={(event) => change({ ...part, id: event.target.value })} />
          </Field>
          <Field label={t('packs.zhName')}>
            <Input value={part.zh ?? ''} onChange={(event) => set('zh', event.target.value)} />
          </Field>
          <Field label={t('packs.enName')}>
            <Input value={part.en ?? ''} onChange={(event) => set('en', event.target.value)} />
          </Field>
          <Field label={t('packs.touchpoint')}>
            <Select
              value={part.touchpoint}
              options={named(catalogue?.touchpoints)}
              onChange={(value) => set('touchpoint', value)}
            />
          </Field>
        </div>
      )}
      <div className="fields">
        {lists.map(([field, name]) => (
          <Field key={field} label={t(`packs.${name}`)}>
            <Input value={wordsText(part[field])} onChange={(event) => set(field, event.target.value)} />
          </Field>
        ))}
        <Field label={t('packs.owner')}>
          <Select
            allowClear={known}
            value={part.owner}
            options={named(catalogue?.departments)}
            onChange={(value) => set('owner', value)}
          />
        </Field>
        <Field label={t('packs.adviceZh')}>
          <Input value={advice.zh} onChange={(event) => advise({ ...advice, zh: event.target.value })} />
        </Field>
        <Field label={t('packs.adviceEn')}>
          <Input value={advice.en} onChange={(event) => advise({ ...advice, en: event.target.value })} />
        </Field>
      </div>
    </li>
  )
}

function ScenePart({ part, known, change, remove }: PartProps<SceneDraft>) {
  const { t } = useTranslation()
  const { scene } = useNames()
  const set = (field: keyof SceneDraft, value: unknown) => change(withField(part, field, value))
  return (
    <li className="part-card">
      <p className="row spread">
        <b>{known ? scene(part.id) : part.zh || t('packs.newScene')}</b>
        <Button size="small" type="text" onClick={remove}>
          {t('packs.remove')}
        </Button>
      </p>
      <div className="fields">
        {!known && (
          <>
            <Field label={t('packs.id')}>
              <Input value={part.id} onChange={(event) => change({ ...part, id: event.target.value })} />
            </Field>
            <Field label={t('packs.zhName')}>
              <Input value={part.zh ?? ''} onChange={(event) => set('zh', event.target.value)} />
            </Field>
            <Field label={t('packs.enName')}>
              <Input value={part.en ?? ''} onChange={(event) => set('en', event.target.value)} />
            </Field>
          </>
        )}
        <Field label={t('packs.terms')} help={t('packs.matchHelp')}>
          <Input value={wordsText(part.terms)} onChange={(event) => set('terms', event.target.value)} />
        </Field>
      </div>
    </li>
  )
}

const NEW = ''

interface PackFormProps {
  draft: PackDraft
  /** The pack as it is read now; null where it is new. */
  pack: PackDetail | null
  change: (draft: PackDraft) => void
}

/** The addition in fields. What it does not show stays in the JSON. */
export function PackForm({ draft, pack, change }: PackFormProps) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { catalogue } = useNames()
  const scenes = draft.scenes ?? []
  const knownAspects = new Set((pack?.text == null ? pack?.aspects : catalogue?.aspects)?.map((one) => one.id))
  const knownScenes = new Set(catalogue?.scenes.map((one) => one.id))
  const inPack = (pack?.aspects ?? catalogue?.aspects ?? []).filter(
    (one) => !draft.aspects.some(({ id }) => id === one.id),
  )
  const put = <T,>(all: readonly T[], at: number, part: T) => all.map((one, i) => (i === at ? part : one))
  const without = <T,>(all: readonly T[], at: number) => all.filter((_, i) => i !== at)
  const options = (all: readonly { id: string; zh: string; en: string }[], fresh: string) => [
    { value: NEW, label: fresh },
    ...all.map((one) => ({ value: one.id, label: one[lang] })),
  ]
  return (
    <div className="stack pack-form">
      <div className="fields">
        <Field label={t('packs.zhName')}>
          <Input value={draft.zh} onChange={(event) => change({ ...draft, zh: event.target.value })} />
        </Field>
        <Field label={t('packs.enName')}>
          <Input value={draft.en} onChange={(event) => change({ ...draft, en: event.target.value })} />
        </Field>
        <Field label={t('packs.match')} help={t('packs.matchHelp')}>
          <Input
            value={wordsText(draft.match)}
            onChange={(event) => change(withField(draft, 'match', event.target.value))}
          />
        </Field>
      </div>
      <ul className="stack">
        {draft.aspects.map((part, at) => (
          <AspectPart
            // biome-ignore lint/suspicious/noArrayIndexKey: the id itself is edited here
            key={at}
            part={part}
            known={knownAspects.has(part.id)}
            change={(next) => change({ ...draft, aspects: put(draft.aspects, at, next) })}
            remove={() => change({ ...draft, aspects: without(draft.aspects, at) })}
          />
        ))}
        {scenes.map((part, at) => (
          <ScenePart
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={`scene ${at}`}
            part={part}
            known={knownScenes.has(part.id)}
            change={(next) => change({ ...draft, scenes: put(scenes, at, next) })}
            remove={() => change({ ...draft, scenes: without(scenes, at) })}
          />
        ))}
      </ul>
      <div className="row wrap">
        <Select
          className="adder"
          showSearch={{ optionFilterProp: 'label' }}
          value={null}
          placeholder={t('packs.addAspect')}
          aria-label={t('packs.pickAspect')}
          options={options(inPack, t('packs.newAspect'))}
          onChange={(id: string | null) => change({ ...draft, aspects: [...draft.aspects, { id: id ?? NEW }] })}
        />
        <Select
          className="adder"
          showSearch={{ optionFilterProp: 'label' }}
          value={null}
          placeholder={t('packs.addScene')}
          aria-label={t('packs.pickScene')}
          options={options(catalogue?.scenes ?? [], t('packs.newScene'))}
          onChange={(id: string | null) => change({ ...draft, scenes: [...scenes, { id: id ?? NEW }] })}
        />
      </div>
    </div>
  )
}
