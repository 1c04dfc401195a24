import { useRouter } from '@tanstack/react-router'
import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSignIn } from '../../api/actions.ts'
import { ApiProblem } from '../../api/client.ts'
import { Go, useGo } from '../../shell/Go.tsx'
import { useAddress, useSurroundings } from '../../shell/surroundings.tsx'
import { Gate } from './Gate.tsx'

interface Credentials {
  email: string
  password: string
}

export default function SignIn() {
  const { t } = useTranslation()
  const { session } = useSurroundings()
  const signIn = useSignIn()
  const go = useGo()
  const { history } = useRouter()
  const { back } = useAddress()
  const { error } = signIn
  const wrong = error instanceof ApiProblem && (error.status === 401 || error.status === 400)
  const submit = async (values: Credentials) => {
    await signIn.mutateAsync(values).then(
      () => (back === undefined ? go({ to: '/' }) : history.push(back)),
      () => undefined,
    )
  }
  return (
    <Gate
      title={t('account.signIn')}
      help={
        session.user
          ? t('account.signedIn', { name: session.user.name })
          : t(session.needsOwner ? 'account.noOwnerYet' : 'account.signInHelp')
      }
    >
      {error && <Alert type="error" title={wrong ? t('account.wrong') : error.message || t('state.unreachable')} />}
      <Form<Credentials> layout="vertical" requiredMark={false} onFinish={submit}>
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
          rules={[{ required: true, message: t('account.needSomePassword') }]}
        >
          <Input.Password size="large" autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
          {t('account.signIn')}
        </Button>
      </Form>
      <p className="row spread wrap">
        {session.tenants.length > 0 && <Go to="/">{t('account.look')}</Go>}
        {session.needsOwner && <Go to="/welcome">{t('shell.createOwner')}</Go>}
      </p>
    </Gate>
  )
}
