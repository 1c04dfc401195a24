import { dingtalk } from './dingtalk/dingtalk.ts'
import { email } from './email/email.ts'
import { feishu } from './feishu/feishu.ts'
import type { Way } from './way.ts'
import { webhook } from './webhook/webhook.ts'
import { wecom } from './wecom/wecom.ts'

/** Every way in which messages leave the house, in the order in which they are offered. */
export const ways: readonly Way[] = [wecom, dingtalk, feishu, email, webhook]

export const findWay = (id: string): Way | undefined => ways.find((way) => way.id === id)
