import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMakeOwner } from '../../api/actions.ts'
import { ApiProblem } from '../../api/client.ts'
import { Go, useGo } from '../../shell/Go.tsx'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { Gate } from './Gate.tsx'

interface Owner {
  name: string
  email: string
  password: string
}

const SHORTEST_PASSWORD = 10

function OwnerForm() {
  const { t } = useTranslation()
  const makeOwner = useMakeOwner()
  const go = useGo()
  const { error } = makeOwner
  const submit = async (values: Owner) => {
    await makeOwner.mutateAsync(values).then(
      () => go({ to: '/' }),
      () => undefined,
    )
  }
  return (
    <>
      {error && (
        <Alert
          type="error"
          title={error.message || t('state.unreachable')}
          description={error instanceof ApiProblem ? error.remedy : undefined}
        />
      )}
      <Form<Owner> layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="name"
          label={t('account.name')}
          rules={[{ required: true, whitespace: true, message: t('account.needName') }]}
        >
          <Input size="large" autoComplete="name" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('account.email')}
          rules={[{ required: true, type: 'email', message: t('account.needEmail') }]}
        >
          <Input size="large" autoComplete="username" inputMode="email" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('account.password')}
          extra={t('account.passwordHelp')}
          rules={[{ required: true, min: SHORTEST_PASSWORD, message: t('account.needPassword') }]}
        >
          <Input.Password size="large" autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" size="large" htmlType="submit" block loading={makeOwner.isPending}>
          {t('account.create')}
        </Button>
      </Form>
    </>
  )
}

export default function Welcome() {
  const { t } = useTranslation()
  const { session } = useSurroundings()
  return (
    <Gate title={t('account.welcome')} help={t(session.needsOwner ? 'account.welcomeHelp' : 'account.done')}>
      {session.needsOwner && <OwnerForm />}
      <p className="row spread wrap">
        <Go to="/">{t('account.look')}</Go>
        {!session.needsOwner && <Go to="/sign-in">{t('account.signIn')}</Go>}
      </p>
    </Gate>
  )
}
