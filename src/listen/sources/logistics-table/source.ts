import { isRounded, plainCell, ROUNDED, timeOf } from '../../cells/cells.ts'
import { parcelNode } from '../../happenings/shipment.ts'
import { mapped } from '../../source/mapping.ts'
import { defineTableSource } from '../../source/table-source.ts'

const columns = {
  waybill: [
    'waybill',
    '运单号',
    '快递单号',
    '物流单号',
    '面单号',
    '邮件号',
    'tracking_number',
    'tracking number',
    'tracking_no',
    'waybill_no',
    'mailno',
    'logistics_no',
  ],
  orderId: ['orderId', '订单号', '订单编号', '主订单编号', 'order_id', 'order id', 'order number'],
  at: [
    'at',
    '节点时间',
    '操作时间',
    '扫描时间',
    '轨迹时间',
    '时间',
    '发生时间',
    'time',
    'event_time',
    'occurred_at',
    'scan_time',
    'datetime',
    'accept_time',
    'accepttime',
  ],
  status: [
    'status',
    '节点',
    '节点状态',
    '物流状态',
    '状态',
    '操作',
    '操作码',
    'node',
    'event',
    'action',
    'opcode',
    'status_code',
  ],
  description: [
    'description',
    '轨迹描述',
    '物流信息',
    '描述',
    '节点描述',
    '备注',
    'remark',
    'message',
    'context',
    'desc',
    'details',
  ],
  place: ['place', '城市', '地点', '网点', '所在地', '节点城市', 'city', 'location', 'accept_address', 'acceptaddress'],
  carrier: ['carrier', '快递公司', '物流公司', '承运商', 'courier', 'cp_code', 'carrier_name'],
} as const

/** Stations of parcels as 菜鸟, 顺丰 and shops' own systems export them: one a row. */
export const logisticsTable = defineTableSource({
  id: 'logistics-table',
  zh: '物流节点表（菜鸟、顺丰等）',
  en: 'Stations of parcels, as a table (Cainiao, SF and others)',
  shelf: 'logistics',
  broad: 0.75,
  describe: {
    zh: '每行一个物流节点：运单号、时间、状态、描述、地点、订单号。没有时区的时间按 --zone 读（默认北京时间）。状态与描述里的常见中英文说法会换成统一的事件名；同一节点重复导入不会增加。',
    en: 'One station a row: waybill, time, state, description, place, order. Times without a zone are read by --zone. Usual words for states, Chinese or English, become the common event names; the same station imported again adds nothing.',
  },
  requires: [columns.waybill.join('|'), columns.at.join('|'), [...columns.status, ...columns.description].join('|')],
  mapping: mapped({
    'event.props.waybill': columns.waybill,
    'event.orderId': columns.orderId,
    'event.at': columns.at,
    'event.props.status_raw': columns.status,
    'event.props.description': columns.description,
    'event.props.place': columns.place,
    'event.props.carrier': columns.carrier,
  }),
  leftOut: [],
  read: (row, { zone }) => {
    const text = (field: keyof typeof columns) => plainCell(row(...columns[field]))
    if (isRounded(text('waybill'))) return [{ dead: { ...ROUNDED, field: 'waybill' } }]
    return [
      parcelNode('parcel', {
        waybill: text('waybill'),
        orderId: text('orderId'),
        at: timeOf(row(...columns.at), zone),
        status: text('status'),
        description: text('description'),
        place: text('place'),
        carrier: text('carrier'),
      }),
    ]
  },
})
