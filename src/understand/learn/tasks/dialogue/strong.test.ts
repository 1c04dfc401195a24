import { expect, it } from 'vitest'
import type { Json, LearnOptions } from '../../task.ts'
import { spokenTurn } from './context.ts'
import { dialogueTask } from './task.ts'

const options: LearnOptions = { tier: 'strong', seed: 7, say: () => {} }

const rowOf = (json: Json) => {
  const row = dialogueTask.parse(json)
  if (!row.ok) throw new Error(row.problem.message)
  return row.value
}

const talk = (said: string, group: string | null): Json => ({
  turns: [
    { role: 'user', text: '你好', action_group: null },
    { role: 'agent', text: '请讲' },
    { role: 'user', text: said, action_group: group },
  ],
})

it('a turn is read with the customer and the agent before it and the answer after it', () => {
  const { turns } = rowOf({
    turns: [
      { role: 'user', text: '你好' },
      { role: 'agent', text: '请讲' },
      { role: 'user', text: '怎么退' },
      { role: 'agent', text: '点申请' },
      { role: 'user', text: '好' },
    ],
  })
  expect(spokenTurn(turns, 2)).toBe('你好\n请讲\n怎么退\n点申请')
  expect(spokenTurn(turns, 0)).toBe('\n\n你好\n请讲')
})

it('the strong tier tells the groups of turns together with the fast one, whatever dialogues stand beside', async () => {
  const goods = ['杯子', '毛巾', '台灯', '书包', '雨伞', '拖鞋', '闹钟', '风扇']
  const rows = goods.flatMap((good) => [
    rowOf(talk(`${good}要退货`, '退换')),
    rowOf(talk(`给${good}开发票`, '发票')),
    rowOf(talk(`${good}想退掉`, '退换')),
    rowOf(talk(`${good}的发票呢`, '发票')),
  ])
  const learnt = await dialogueTask.learn(rows, options)
  if (!learnt.ok) throw new Error(learnt.problem.message)
  expect(learnt.value.header).toMatchObject({ strong: { classes: 2 } })
  const predictor = dialogueTask.load(learnt.value)
  if (!predictor.ok) throw new Error(predictor.problem.message)
  const asked = [rowOf(talk('茶壶要退货', null)), rowOf(talk('给茶壶开发票', null))]
  const said = await predictor.value.predict(asked)
  expect(said.map(({ turns }) => turns[2]!.group)).toEqual(['退换', '发票'])
  expect(await predictor.value.predict([asked[1]!])).toEqual([said[1]])
}, 300_000)
