import { expect, test } from 'vitest'
import { type FormCase, holds } from '../source/form-case.ts'
import { seventeenTrack } from './17track/source.ts'
import { amazonReturns } from './amazon-returns/source.ts'
import { cancelReasons } from './cancel-reasons/source.ts'
import { canny } from './canny/source.ts'
import { easypost } from './easypost/source.ts'
import { fider } from './fider/source.ts'
import { kuaidi100 } from './kuaidi100/source.ts'
import { medusa } from './medusa/source.ts'
import { ordersTable } from './orders-table/source.ts'
import { posthog } from './posthog/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'
import { searchTerms } from './search-terms/source.ts'
import { segment } from './segment/source.ts'
import { shopify } from './shopify/source.ts'
import { voicesTable } from './voices-table/source.ts'
import { woocommerce } from './woocommerce/source.ts'

const at = (text: string) => Date.parse(text)
const gb18030 = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

const forms: FormCase[] = [
  {
    source: shopify,
    what: 'a page with a count beside, a currency of three places, an order’s own note',
    file: '{"count":1,"orders":[{"id":820982911946154508,"currency":"KWD","created_at":"2024-05-01T10:00:00+03:00","updated_at":"2024-05-02T10:00:00+03:00","cancelled_at":"2024-05-02T10:00:00+03:00","cancel_reason":"customer","note":"ring twice","total_price":"12.500","financial_status":"voided","line_items":[{"id":1,"product_id":2,"title":"Lamp","quantity":2,"price":"6.250"}]}]}',
    orders: [
      {
        id: '820982911946154508',
        currency: 'KWD',
        lines: [expect.objectContaining({ amountMinor: 12_500, quantity: 2 })],
      },
    ],
    voices: [],
  },
  {
    source: shopify,
    what: 'a currency without places',
    file: {
      order: {
        id: 1,
        currency: 'JPY',
        created_at: '2024-05-01T10:00:00+09:00',
        total_price: '1500',
        financial_status: 'paid',
        line_items: [{ id: 1, product_id: 2, title: '灯', quantity: 1, price: '1500' }],
      },
    },
    orders: [{ lines: [expect.objectContaining({ amountMinor: 1500 })], orderedAt: at('2024-05-01T01:00:00Z') }],
  },
  {
    source: woocommerce,
    what: 'the legacy API: its wrapper and its names of times',
    file: {
      orders: [
        {
          id: 645,
          order_number: '645',
          created_at: '2015-01-28T19:09:58Z',
          updated_at: '2015-01-30T19:10:46Z',
          completed_at: null,
          status: 'completed',
          currency: 'USD',
          total: '79.87',
          subtotal: '63.97',
          total_line_items_quantity: 3,
          line_items: [
            {
              id: 504,
              subtotal: '43.98',
              total: '43.98',
              price: '21.99',
              quantity: 2,
              product_id: 546,
              name: 'Rollneck',
              sku: '',
            },
          ],
          billing_address: { email: 'a@example.com' },
        },
      ],
    },
    orders: [
      {
        id: '645',
        orderedAt: at('2015-01-28T19:09:58Z'),
        updatedAt: at('2015-01-30T19:10:46Z'),
        lines: [expect.objectContaining({ amountMinor: 4398, quantity: 2 })],
      },
    ],
  },
  {
    source: woocommerce,
    what: 'reviews: HTML, no stars, spam, local time alone',
    file: [
      {
        id: 1,
        date_created: '2024-05-01T10:00:00',
        product_id: 7,
        status: 'approved',
        reviewer: 'n',
        reviewer_email: '',
        review: '<p>Nice &amp; warm 😀</p>\n',
        rating: 0,
        verified: true,
      },
      {
        id: 2,
        date_created: '2024-05-01T10:00:00',
        product_id: 7,
        status: 'spam',
        reviewer: 'n',
        review: 'pills',
        rating: 5,
        verified: false,
      },
    ],
    options: { zone: 'America/Sao_Paulo' },
    voices: [{ id: 'woocommerce-review-1', text: 'Nice & warm 😀', rating: undefined, at: at('2024-05-01T13:00:00Z') }],
    skipped: ['1: a review that the shop marked as spam'],
  },
  {
    source: medusa,
    what: 'version 2 in a currency without places, and a page that lists nothing',
    file: '{"order":{"id":"order_1","display_id":1,"version":1,"currency_code":"jpy","created_at":"2024-05-01T10:00:00.000Z","updated_at":"2024-05-01T10:00:00.000Z","total":1500,"item_total":1500,"summary":{},"items":[{"id":"i","product_id":"p","product_title":"灯","unit_price":1500,"raw_unit_price":{"value":"1500"},"quantity":1}]}}\n{"orders":[],"count":0}\n',
    orders: [{ id: 'order_1', currency: 'JPY', lines: [expect.objectContaining({ amountMinor: 1500 })] }],
  },
  {
    source: amazonReturns,
    what: 'the tab-divided report, whose quotes are characters like any other',
    file: 'return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\tdetailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments\r\n2024-05-01T10:00:00-07:00\t111-1\tS\tB0\tX\t6" cable\t1\tPHX7\tSELLABLE\tDEFECTIVE\tUnit returned to inventory\tLPN1\t"Too short\r\n2024-05-01T10:00:00-07:00\t111-2\tS\tB0\tX\tCable\t1\tPHX7\tCUSTOMER_DAMAGED\tUNWANTED_ITEM\tUnit returned to inventory\tLPN2\t\r\n',
    voices: [{ id: 'amazon-return-LPN1', text: '"Too short', orderId: '111-1' }],
    events: [{ name: 'return_received', at: at('2024-05-01T17:00:00Z') }, { orderId: '111-2' }],
  },
  {
    source: cancelReasons,
    what: 'what the system wrote where nobody gave a reason',
    file: '订单编号,取消时间,取消原因\n1234567890123456789,2024/5/1 10:11,超时未支付，系统自动取消\n2,2024/5/1 10:11,不想要了\n3,2024/5/1 10:11,\n',
    voices: [
      { orderId: '1234567890123456789', speaker: 'system' },
      { speaker: 'customer', text: '不想要了', at: at('2024-05-01T10:11:00+08:00') },
    ],
    skipped: ['4: no reason is given'],
  },
  {
    source: ordersTable,
    what: 'columns with other marks and widths, decimal commas, a rounded id, two columns of one name',
    file: '订单编号,订单创建时间,商品数量（件）,订单应付金额,币种,备注,备注\n="1234567890123456789",2024-05-01 10:11:12,1,"1.299,50",EUR,,x\n1.23457E+18,2024-05-01 10:11:12,1,1,EUR,,\n',
    orders: [
      {
        id: '1234567890123456789',
        currency: 'EUR',
        lines: [expect.objectContaining({ amountMinor: 129_950, quantity: 1 })],
      },
    ],
    dead: [expect.stringContaining('was rounded by a spreadsheet')],
    guessed: false,
  },
  {
    source: reviewsCsv,
    what: 'GB18030, stars of five',
    // 评价内容,评分,评价时间\n很好,5颗星,2024-05-01\n
    file: gb18030(
      'c6c0bcdbc4dac8dd 2c c6c0b7d6 2c c6c0bcdbcab1bce4 0a badcbac3 2c 35bfc5d0c7 2c 323032342d30352d3031 0a',
    ),
    voices: [{ text: '很好', rating: 5, at: at('2024-05-01T00:00:00+08:00') }],
  },
  {
    source: reviewsCsv,
    what: 'an amount in the row’s own currency',
    file: 'review,rating,date,order,placed,paid,code\nFine,5,2024-05-01,9,2024-04-01,1500,JPY\nOk,4,2024-05-01,10,2024-04-01,"12,50",EUR\n',
    options: {
      map: { 'order.id': 'order', 'order.orderedAt': 'placed', 'order.amount': 'paid', 'order.currency': 'code' },
    },
    orders: [
      { currency: 'JPY', lines: [expect.objectContaining({ amountMinor: 1500 })] },
      { currency: 'EUR', lines: [expect.objectContaining({ amountMinor: 1250 })] },
    ],
    guessed: false,
  },
  {
    source: voicesTable,
    what: 'live comments and complaints, which their columns tell',
    file: '直播间,弹幕内容,发送时间,用户ID\n甲,多少钱,2024-05-01 10:11:12,u1\n甲,,2024-05-01 10:11:12,u1\n',
    voices: [{ kind: 'live_comment', text: '多少钱', customerRef: 'u1' }],
    skipped: ['3: without words'],
  },
  {
    source: voicesTable,
    what: 'notes of mystery shoppers, which are no customer’s',
    file: '门店,暗访日期,暗访记录\n一店,2024-05-01,地面有水\n',
    voices: [{ kind: 'mystery_note', speaker: 'agent', text: '地面有水' }],
  },
  {
    source: searchTerms,
    what: 'days without marks, numbers with units',
    file: '统计日期|搜索词|搜索次数|搜索人数\n20240501|静音 风扇|1.2万|"3,400"\n20240501||5|5\n',
    voices: [
      {
        kind: 'search_term',
        text: '静音 风扇',
        at: at('2024-05-01T00:00:00+08:00'),
        facts: { searches: 12_000, searchers: 3400 },
      },
    ],
    skipped: ['3: a search without a term'],
  },
  {
    source: segment,
    what: 'a batch whose calls have no time of their own, and an order in a currency without places',
    file: {
      batch: [
        {
          type: 'TRACK',
          event: 'order completed',
          messageId: 'm',
          userId: 42,
          properties: {
            order_id: 7,
            currency: 'jpy',
            total: '1,500',
            products: [{ product_id: 1, name: '灯', price: '1500', quantity: '1' }],
          },
        },
        { type: 'group', groupId: 'g' },
      ],
      sentAt: '2024-05-01T10:00:00+05:30',
    },
    events: [{ name: 'order_completed', customerRef: '42', orderId: '7', at: at('2024-05-01T04:30:00Z') }],
    orders: [{ id: '7', currency: 'JPY', lines: [expect.objectContaining({ amountMinor: 1500 })] }],
    skipped: ['1: a group call: it tells who, not what'],
  },
  {
    source: posthog,
    what: 'a capture batch with an answer by the question’s id, and a recording',
    file: {
      api_key: 'k',
      batch: [
        {
          event: 'survey sent',
          distinct_id: 'd',
          uuid: 'u',
          timestamp: '2024-05-01T10:00:00.123456+00:00',
          properties: {
            $survey_id: 's',
            $survey_response_abc: 9,
            $survey_questions: [{ id: 'abc', question: 'How likely are you to recommend us?' }],
          },
        },
        { event: '$snapshot', distinct_id: 'd', properties: {} },
      ],
    },
    voices: [{ rating: 9, metric: 'nps', at: at('2024-05-01T10:00:00.123Z') }],
    skipped: ['1: a piece of a session’s recording'],
  },
  {
    source: canny,
    what: 'changes of status as the API lists them, and an internal comment',
    file: '{"statusChanges":[{"id":"c","changer":{"id":"a","isAdmin":true},"changeComment":{"value":"Planned"},"created":"2024-05-01T10:00:00.000Z","post":{"id":"p"},"status":"planned"}],"hasMore":false}\n{"comments":[{"id":"k","value":"secret","internal":true,"author":{"id":"a","isAdmin":true},"created":"2024-05-01T10:00:00.000Z","post":{"id":"p"}}]}\n',
    events: [{ name: 'suggestion_status_changed', props: { post: 'p', status: 'planned' } }],
    voices: [{ speaker: 'agent', text: 'Planned', conversation: 'p' }],
    skipped: ['2: an internal note'],
  },
  {
    source: fider,
    what: 'one post of the API by a member of the staff',
    file: [
      {
        id: 3,
        number: 3,
        title: 'Dark mode',
        description: '',
        createdAt: '2024-05-01T10:00:00.123456789Z',
        user: { id: 1, role: 'administrator' },
        votesCount: 0,
        status: 'open',
        response: null,
        tags: [],
      },
    ],
    voices: [{ id: 'fider-3', speaker: 'agent', text: 'Dark mode', at: at('2024-05-01T10:00:00.123Z') }],
  },
  {
    source: kuaidi100,
    what: 'a push from abroad, the oldest station first, states by code alone',
    file: {
      status: 'polling',
      lastResult: {
        message: 'ok',
        nu: 'N1',
        com: 'ems',
        state: '3',
        ischeck: '1',
        data: [
          { ftime: '2024-05-01 08:00:00', context: '已揽收' },
          { ftime: '2024-05-03 08:00:00', context: '已交付' },
        ],
      },
      destResult: {
        message: 'ok',
        nu: 'N1',
        com: 'usps',
        state: '0',
        data: [{ ftime: '2024-05-02 08:00:00', context: 'Arrived at facility' }],
      },
    },
    events: [
      { name: 'shipment_collected' },
      { name: 'shipment_delivered', at: at('2024-05-03T08:00:00+08:00') },
      { name: 'shipment_in_transit', props: expect.objectContaining({ carrier: 'usps' }) },
    ],
  },
  {
    source: seventeenTrack,
    what: 'version 1, whose fields are letters and whose times carry no zone',
    file: {
      event: 'TRACKING_UPDATED',
      data: {
        number: 'RR1',
        tag: '',
        track: {
          b: 301,
          c: 2105,
          e: 40,
          w1: 3011,
          z0: { a: '2024-05-03 08:00', z: 'Delivered' },
          z1: [
            { a: '2024-05-03 08:00', c: 'Boston', d: '', z: 'Delivered, left with individual' },
            { a: '2024-05-01 08:00', c: '深圳', d: '', z: '已揽收' },
          ],
          z2: [],
        },
      },
    },
    options: { zone: 'UTC' },
    events: [
      {
        name: 'shipment_delivered',
        at: at('2024-05-03T08:00:00Z'),
        props: expect.objectContaining({ waybill: 'RR1', place: 'Boston' }),
      },
      { name: 'shipment_collected' },
    ],
  },
  {
    source: easypost,
    what: 'a webhook whose details lack their places, and a state that is not known',
    file: {
      id: 'evt_1',
      object: 'Event',
      description: 'tracker.updated',
      result: {
        id: 'trk_1',
        object: 'Tracker',
        tracking_code: 'E1',
        carrier: 'USPS',
        status: 'unknown',
        tracking_details: [
          {
            object: 'TrackingDetail',
            message: 'Refused by addressee',
            status: 'unknown',
            datetime: '2024-05-01T10:00:00Z',
            tracking_location: { city: null, state: null, country: null },
          },
        ],
      },
    },
    events: [{ name: 'shipment_refused', at: at('2024-05-01T10:00:00Z') }],
  },
]

test.each(forms)('$source.id: $what', async (form) => holds(form))
