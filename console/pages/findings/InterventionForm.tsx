import { Alert, App, Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { useIntervene } from '../../api/actions.ts'
import { useKept, WritingBack } from '../../parts/Kept.tsx'
import { useRefused } from '../../parts/rights.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { useGo } from '../../shell/Go.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { dayOf, startOfDay } from '../../words/format.ts'

interface Values {
  what: string
  day: string
  productIds: string[]
}

interface InterventionFormProps {
  of: FindingDetail
  open: boolean
  close: () => void
}

/** What was changed, from which day, for which products. The others of the kind become the control. */
export function InterventionForm({ of, open, close }: InterventionFormProps) {
  const { t } = useTranslation()
  const { zone } = useFormat()
  const { tenant } = useSurroundings()
  const { catalogue, product } = useNames()
  const { message } = App.useApp()
  const go = useGo()
  const refused = useRefused()
  const intervene = useIntervene({ tenant: tenant.id }, of.id)
  const offered = catalogue?.products.filter((one) => of.category === '' || one.category === of.category) ?? []
  // The first grid of the heat map is the whole category, which has no product.
  const hit = of.heat.products.map((one) => one.productId).filter((id) => id !== '')
  const writing = useKept<Partial<Values>>(`intervention ${of.id}`, {
    day: dayOf(Date.now(), zone),
    productIds: hit.slice(0, 1),
  })
  const leave = () => {
    writing.giveUp()
    close()
  }
  const submit = (values: Values) =>
    intervene.mutate(
      { what: values.what.trim(), at: startOfDay(values.day, zone), productIds: values.productIds },
      {
        onSuccess: (made) => {
          writing.giveUp()
          void message.success(t('finding.recorded'))
          go({ to: `/effects/${encodeURIComponent(made.id)}` }, { replace: true })
        },
      },
    )
  return (
    <Sheet title={t('finding.intervene')} open={open} close={leave}>
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        key={String(writing.isBack)}
        initialValues={writing.value}
        onValuesChange={(_, values: Values) => writing.set(values)}
      >
        <WritingBack of={writing} />
        <p className="soft dense">{t('finding.interveneHelp')}</p>
        <br />
        {intervene.error && (
          <Alert className="refused" type="error" title={refused(intervene.error, t('finding.refused'))} />
        )}
        <Form.Item
          name="what"
          label={t('finding.whatChanged')}
          rules={[{ required: true, whitespace: true, message: t('finding.needWhat') }]}
        >
          <Input.TextArea rows={2} maxLength={300} placeholder={t('finding.whatPlaceholder')} />
        </Form.Item>
        <Form.Item name="day" label={t('finding.when')} rules={[{ required: true, message: t('finding.needWhen') }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name="productIds"
          label={t('finding.which')}
          extra={t('finding.whichHelp')}
          rules={[{ required: true, message: t('finding.needWhich') }]}
        >
          <Select
            mode="multiple"
            getPopupContainer={(node) => node.parentElement ?? document.body}
            placeholder={t('finding.whichPlaceholder')}
            optionFilterProp="label"
            options={offered.map((one) => ({ value: one.id, label: product(one.id) }))}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" block size="large" loading={intervene.isPending}>
          {t('finding.record')}
        </Button>
      </Form>
    </Sheet>
  )
}
