import { expect, test } from 'vitest'
import { type FormCase, holds } from '../source/form-case.ts'
import { seventeenTrack } from './17track/source.ts'
import { amazonQa } from './amazon-qa/source.ts'
import { canny } from './canny/source.ts'
import { chatLog } from './chat-log/source.ts'
import { easypost } from './easypost/source.ts'
import { email } from './email/source.ts'
import { fider } from './fider/source.ts'
import { formbricks } from './formbricks/source.ts'
import { gorgias } from './gorgias/source.ts'
import { intercom } from './intercom/source.ts'
import { jotform } from './jotform/source.ts'
import { kuaidi100 } from './kuaidi100/source.ts'
import { limesurvey } from './limesurvey/source.ts'
import { medusa } from './medusa/source.ts'
import { ordersTable } from './orders-table/source.ts'
import { posthog } from './posthog/source.ts'
import { qualtrics } from './qualtrics/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'
import { segment } from './segment/source.ts'
import { tally } from './tally/source.ts'
import { tmallFeedbacks } from './tmall-feedbacks/source.ts'
import { twilioMessages } from './twilio-messages/source.ts'
import { typeform } from './typeform/source.ts'
import { voicesTable } from './voices-table/source.ts'
import { zendesk } from './zendesk/source.ts'

const at = (text: string) => Date.parse(text)

const forms: FormCase[] = [
  {
    source: tmallFeedbacks,
    what: 'a list of feedbacks, tags wrapped twice, marks as numbers',
    file: '{"tmall_rate_info":[{"content":"锅很沉 &amp; 结实","comment_time":"2024-05-01 10:11:12","tags":{"tags":[{"tag_name":"结实","posi":true},{"tag_name":"沉","posi":"false"}]},"has_negtv":1,"oid":1234567890123456789,"user_nick":"t**1"}]}',
    voices: [
      {
        id: 'feedback-1234567890123456789',
        text: '锅很沉 & 结实',
        customerRef: undefined,
        facts: { tags_positive: '结实', tags_negative: '沉', has_negative: true },
      },
    ],
  },
  {
    source: amazonQa,
    what: 'seconds as text, an answer of which nobody knows the kind, CRLF',
    file: '{"questionType": "yes/no", "asin": "B0", "answerTime": "Jun 27, 2014", "unixTime": "1403852400", "question": "Fits?", "answerType": "?", "answer": "Maybe \\u2764"}\r\n',
    voices: [
      {
        kind: 'question',
        text: 'Fits?',
        speaker: 'customer',
        at: 1_403_852_400_000,
        facts: { at_is_answer_time: true },
      },
      { speaker: 'agent', text: 'Maybe ❤' },
    ],
  },
  {
    source: zendesk,
    what: 'one comment page with its users, an admin’s mail, a rule’s words, nothing but an attachment',
    file: {
      comments: [
        {
          id: 1,
          ticket_id: 5,
          author_id: 10,
          public: true,
          html_body: '<p>Hi &amp; bye 😀</p>',
          body: 'x',
          created_at: '2024-05-01T10:00:00Z',
          via: { channel: 'web' },
        },
        { id: 2, ticket_id: 5, author_id: 11, public: true, body: 'Hello', created_at: '2024-05-01T10:01:00Z' },
        {
          id: 3,
          ticket_id: 5,
          author_id: -1,
          public: true,
          body: 'Your ticket was closed',
          created_at: '2024-05-01T10:02:00Z',
        },
        {
          id: 4,
          ticket_id: 5,
          author_id: 10,
          public: true,
          body: '',
          html_body: '',
          attachments: [{ id: 1 }],
          created_at: '2024-05-01T10:03:00Z',
        },
      ],
      users: [
        { id: 10, role: 'end-user' },
        { id: 11, role: 'admin' },
      ],
      count: 4,
      next_page: null,
    },
    voices: [
      { text: 'Hi & bye 😀', speaker: 'customer', conversation: 'zendesk-5' },
      { speaker: 'agent' },
      { speaker: 'system' },
    ],
    skipped: ['1: without words'],
  },
  {
    source: intercom,
    what: 'webhooks: a part alone, a conversation that was deleted, an older message of a lead, a rating',
    file: [
      {
        type: 'notification_event',
        topic: 'conversation_part.tag.created',
        id: 'n1',
        data: { item: { type: 'conversation_part', id: '5', body: '<p>x</p>' } },
      },
      {
        type: 'notification_event',
        topic: 'conversation.deleted',
        id: 'n2',
        data: { item: { type: 'conversation', id: '6' } },
      },
      {
        type: 'notification_event',
        topic: 'conversation.rating.added',
        id: 'n3',
        data: {
          item: {
            type: 'conversation',
            id: 7,
            created_at: 1714558272,
            conversation_message: {
              id: '70',
              body: '<p>Where is it?<br>Please</p>',
              author: { type: 'lead', id: 'l' },
            },
            user: { id: 'l', user_id: 'shop-9' },
            conversation_rating: { rating: 1, remark: 'slow', created_at: 1714558300, customer: { id: 'l' } },
          },
        },
      },
    ],
    voices: [
      { text: 'Where is it?\nPlease', speaker: 'customer', customerRef: 'shop-9' },
      { kind: 'survey', metric: 'csat', rating: 1, text: 'slow', customerRef: 'shop-9' },
    ],
    skipped: ['1: conversation_part.tag.created: no conversation', '1: conversation.deleted: no conversation'],
  },
  {
    source: gorgias,
    what: 'one ticket whose messages are mail in HTML, a survey with a score',
    file: {
      id: 153011972,
      status: 'closed',
      channel: 'email',
      from_agent: false,
      spam: false,
      created_datetime: '2024-05-01T10:00:00.000000+02:00',
      closed_datetime: '2024-05-02T10:00:00+02:00',
      customer: { id: 5, external_id: '88' },
      messages: [
        {
          id: 1,
          from_agent: false,
          public: true,
          channel: 'email',
          body_html: '<div>Too small</div>',
          body_text: null,
          stripped_text: null,
          created_datetime: '2024-05-01T10:00:00+02:00',
        },
      ],
      satisfaction_survey: { id: 9, score: 2, body_text: '', scored_datetime: '2024-05-03T10:00:00+02:00' },
    },
    voices: [
      { text: 'Too small', customerRef: '88', at: at('2024-05-01T08:00:00Z') },
      { kind: 'survey', rating: 2, metric: 'csat' },
    ],
    events: [{ name: 'ticket_opened' }, { name: 'ticket_closed', at: at('2024-05-02T08:00:00Z') }],
  },
  {
    source: twilioMessages,
    what: 'messages one a line, without a status',
    file: '{"sid":"SM1","from":"+15550100","to":"+15550199","direction":"inbound","body":"Late again","date_sent":"Wed, 01 May 2024 10:11:12 +0000"}\n{"sid":"SM2","from":"+15550199","to":"+15550100","direction":"outbound-api","body":"Sorry","date_sent":"Wed, 01 May 2024 10:12:12 +0000"}\n',
    voices: [{ speaker: 'customer', text: 'Late again', at: at('2024-05-01T10:11:12Z') }, { speaker: 'agent' }],
  },
  {
    source: chatLog,
    what: 'a table in which a name follows the role',
    file: '会话ID\t时间\t发送者\t内容\n1001\t2024/5/1 上午10:11:12\t客户A\t在吗\n1001\t2024/5/1 下午1:11:12\t客服-小王\t在的\n1001\t2024/5/1 13:12\tcustomer service\t亲\n1001\t2024/5/1 13:13\t小李\t?\n',
    voices: [
      { speaker: 'customer', at: at('2024-05-01T10:11:12+08:00') },
      { speaker: 'agent', at: at('2024-05-01T13:11:12+08:00') },
      { speaker: 'agent' },
    ],
    dead: [expect.stringContaining('speaker is "小李"')],
  },
  {
    source: email,
    what: 'one message of HTML alone, in GB2312, that quotes below',
    file: Buffer.concat([
      Buffer.from(
        'From: =?gb2312?B?1cXI/Q==?= <z@example.com>\r\nTo: help@shop.example\r\nSubject: Re: order\r\nDate: Wed, 01 May 2024 18:11:12 +0800\r\nMessage-ID: <3@x>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<div>',
      ),
      // 太慢了
      Buffer.from('ccabc2fdc1cb', 'hex'),
      Buffer.from('</div><div class="qmbox"><div>we sent it</div></div>\r\n'),
    ]),
    voices: [{ id: '3@x', text: '太慢了', speaker: 'customer', at: at('2024-05-01T10:11:12Z') }],
  },
  {
    source: formbricks,
    what: 'a page of the API without questions: numbers stay words, what is nothing is none',
    file: {
      data: [
        {
          id: 'r',
          surveyId: 's',
          createdAt: '2024-05-01T10:00:00.000Z',
          updatedAt: '2024-05-01T10:00:00.000Z',
          finished: false,
          data: { a: 4, b: null, c: 'clicked', d: ['', ''] },
          person: null,
          contact: { id: 'c1' },
        },
      ],
    },
    voices: [{ id: 'r.a', text: '4', customerRef: 'c1' }],
    events: [{ name: 'survey_started' }],
    skipped: ['1: an action (clicked, accepted, dismissed …), not words'],
  },
  {
    source: typeform,
    what: 'a webhook with a group, an other choice, a yes or no, an e-mail',
    file: {
      event_id: 'e',
      event_type: 'form_response',
      form_response: {
        form_id: 'f',
        token: 't',
        landed_at: '2024-05-01T10:00:00Z',
        submitted_at: '2024-05-01T10:01:00Z',
        hidden: { customer_id: 'c7', utm: 'ads' },
        definition: {
          title: 'T',
          fields: [
            { id: 'g', type: 'group', properties: { fields: [{ id: 'n', type: 'nps', title: 'Recommend?' }] } },
            { id: 'c', type: 'multiple_choice', title: 'Which?' },
          ],
        },
        answers: [
          { type: 'number', number: 0, field: { id: 'n', type: 'nps' } },
          { type: 'choices', choices: { labels: ['快'], other: '包装' }, field: { id: 'c', type: 'multiple_choice' } },
          { type: 'boolean', boolean: false, field: { id: 'b', type: 'yes_no' } },
          { type: 'email', email: 'a@example.com', field: { id: 'm', type: 'email' } },
        ],
      },
    },
    voices: [
      { id: 't.n', rating: 0, metric: 'nps', customerRef: 'c7' },
      { id: 't.c', text: '快、包装' },
      { id: 't.b', text: 'false' },
    ],
    skipped: ['1: a personal detail or a file'],
  },
  {
    source: limesurvey,
    what: 'headings of codes and texts, commas, quoted new lines, a response that was not sent',
    file: '"id. Response ID","submitdate. Date submitted","startlanguage. Start language","Q1. How likely are you to recommend us (0-10)?","Q2. Why?"\r\n"1","2024-05-01 10:00:00","en","10","Fast,\nvery ""fast"""\r\n"2","","en","","later"\r\n',
    options: { zone: 'UTC' },
    voices: [{ rating: 10, ratingMax: 10, metric: 'nps' }, { text: 'Fast,\nvery "fast"' }],
    dead: [expect.stringContaining('at is missing')],
  },
  {
    source: qualtrics,
    what: 'the older form of two header lines',
    file: 'V1,V3,V8,V9,V10,Q1\nResponseID,Name,StartDate,EndDate,Finished,What is wrong?\nR_9,A,2015-05-01 10:00:00,2015-05-01 10:01:00,1,"Cold, ""very"""\n\n',
    options: { zone: 'UTC' },
    voices: [{ id: 'R_9.Q1', text: 'Cold, "very"', at: at('2015-05-01T10:01:00Z') }],
    guessed: false,
  },
  {
    source: jotform,
    what: 'one submission: several boxes, a matrix, stars',
    file: {
      id: '1',
      form_id: '2',
      created_at: '2024-12-01 10:00:00',
      answers: {
        '1': { order: '1', text: 'Which?', type: 'control_checkbox', answer: ['A', 'B'] },
        '2': { order: '2', text: 'Rate it', type: 'control_rating', stars: '5', answer: '4' },
        '3': { order: '3', text: 'Each', type: 'control_matrix', answer: { Speed: 'Good' } },
        '4': { order: '4', text: 'E-mail', type: 'control_email', answer: 'a@example.com' },
      },
    },
    voices: [
      { text: 'A、B', at: at('2024-12-01T10:00:00-05:00') },
      { rating: 4, ratingMax: 5 },
      { text: 'Speed: Good' },
    ],
    skipped: ['1: a personal detail or a file'],
  },
  {
    source: tally,
    what: 'boxes that come twice, a rating on the scale of its words',
    file: {
      eventId: 'e',
      eventType: 'FORM_RESPONSE',
      data: {
        responseId: 'r',
        formId: 'f',
        createdAt: '2024-05-01T10:00:00.000Z',
        fields: [
          { key: 'q', label: 'Which?', type: 'CHECKBOXES', value: ['o1'], options: [{ id: 'o1', text: '快' }] },
          { key: 'q_o1', label: 'Which? (快)', type: 'CHECKBOXES', value: true },
          { key: 's', label: 'Satisfied? (1-5)', type: 'LINEAR_SCALE', value: 2 },
          { key: 'n', label: 'More', type: 'TEXTAREA', value: null },
        ],
      },
    },
    voices: [
      { id: 'r.q', text: '快' },
      { id: 'r.s', rating: 2, ratingMax: 5 },
    ],
  },
  {
    source: canny,
    what: 'webhooks: a vote, a comment of the staff, words taken away',
    file: [
      {
        type: 'comment.created',
        objectType: 'comment',
        created: '2024-05-01T10:00:00.000Z',
        object: {
          id: 'k',
          value: 'On it',
          author: { id: 'a', isAdmin: true },
          created: '2024-05-01T10:00:00.000Z',
          post: { id: 'p' },
          board: { id: 'b' },
        },
      },
      {
        type: 'vote.created',
        objectType: 'vote',
        created: '2024-05-01T10:00:00.000Z',
        object: {
          id: 'v',
          voter: { id: 'u', userID: null },
          created: '2024-05-01T10:00:00.000Z',
          post: { id: 'p' },
          board: { id: 'b' },
        },
      },
      {
        type: 'comment.deleted',
        objectType: 'comment',
        created: '2024-05-01T10:00:00.000Z',
        object: { id: 'k', value: 'rude', author: { id: 'u' }, post: { id: 'p' }, created: '2024-05-01T09:00:00.000Z' },
      },
    ],
    voices: [{ speaker: 'agent', text: 'On it', conversation: 'p' }],
    events: [{ name: 'suggestion_voted', customerRef: 'u' }, { name: 'suggestion_comment_deleted' }],
  },
  {
    source: fider,
    what: 'the table with a response and a tag that holds a comma',
    file: 'number,title,description,created_at,created_by,votes_count,comments_count,status,responded_by,responded_at,response,original_number,original_title,tags\n7,"Export, please","",2024-05-01T10:00:00Z,A,3,0,completed,B,2024-05-02T10:00:00Z,Done 🎉,,,"csv, big"\n',
    voices: [
      { id: 'fider-7', text: 'Export, please', facts: { tags: 'csv、big' } },
      { id: 'fider-7.response', speaker: 'agent', text: 'Done 🎉', at: at('2024-05-02T10:00:00Z') },
    ],
  },
  {
    source: medusa,
    what: 'version 1: cents, a return of one of two lines',
    file: {
      orders: [
        {
          id: 'order_9',
          display_id: 9,
          currency_code: 'eur',
          created_at: '2024-05-01T10:00:00.000Z',
          tax_rate: null,
          refundable_amount: 1000,
          total: 3000,
          items: [
            { id: 'i1', unit_price: 1000, quantity: 2, variant: { product_id: 'p1', product: { title: 'A' } } },
            { id: 'i2', unit_price: 1000, quantity: 1, variant: { product_id: 'p1', product: { title: 'A' } } },
          ],
          returns: [
            {
              id: 'ret',
              created_at: '2024-05-02T10:00:00Z',
              received_at: '2024-05-03T10:00:00Z',
              refund_amount: 1000,
              items: [{ item_id: 'i2', quantity: 1, note: 'loose', reason: { value: 'broken' } }],
            },
          ],
        },
      ],
      count: 1,
    },
    orders: [
      {
        lines: [
          expect.objectContaining({ id: 'i1', amountMinor: 2000 }),
          expect.objectContaining({ id: 'i2', returnedAt: at('2024-05-03T10:00:00Z') }),
        ],
      },
    ],
    voices: [{ kind: 'return_reason', text: 'loose' }],
  },
  {
    source: segment,
    what: 'one call in snake case with microseconds, a search',
    file: '{"type":"track","event":"Products Searched","message_id":"m","anonymous_id":"a","original_timestamp":"2024-05-01T10:00:00.123456Z","properties":{"query":"静音风扇"}}\n{"type":"identify","userId":"u","traits":{"email":"a@example.com"},"timestamp":"2024-05-01T10:00:00Z"}\n',
    voices: [{ kind: 'search_term', text: '静音风扇', at: at('2024-05-01T10:00:00.123Z') }],
    events: [
      { name: 'searched', session: 'a' },
      { name: 'identified', customerRef: 'u', props: {} },
    ],
  },
  {
    source: posthog,
    what: 'an export whose properties are a text, older answers by number',
    file: '{"uuid":"018f","event":"survey sent","distinct_id":"d","timestamp":"2024-05-01 10:00:00.123000+00:00","properties":"{\\"$survey_id\\":\\"s\\",\\"$survey_response\\":\\"too slow\\",\\"$survey_response_1\\":[\\"a\\",\\"b\\"],\\"$survey_submission_id\\":\\"\\",\\"$ip\\":\\"1.2.3.4\\"}"}\n',
    voices: [{ text: 'too slow', at: at('2024-05-01T10:00:00.123Z') }, { text: 'a、b' }],
  },
  {
    source: kuaidi100,
    what: 'an answer whose list is empty, and one with codes of states',
    file: '{"message":"查无结果","nu":"N0","com":"sf","state":"0","status":"201","data":[]}\n{"message":"ok","nu":"N2","com":"sf","state":"3","data":[{"time":"2024-05-02 08:00:00","ftime":null,"context":"快件已放在驿站","status":"待取","statusCode":"501","areaName":"广东,深圳"}]}\n',
    events: [
      { name: 'shipment_available_for_pickup', at: at('2024-05-02T08:00:00+08:00'), props: { place: '广东,深圳' } },
    ],
    skipped: ['1: a parcel without stations'],
  },
  {
    source: seventeenTrack,
    what: 'an answer with what was accepted and rejected; a carrier’s own time',
    file: {
      code: 0,
      data: {
        accepted: [
          {
            number: 'R',
            carrier: 3011,
            param: '1001',
            track_info: {
              tracking: {
                providers: [
                  {
                    provider: { name: 'China Post' },
                    events: [
                      {
                        time_iso: null,
                        time_utc: null,
                        time_raw: { date: '2024-05-01', time: '08:00:00', timezone: '+08:00' },
                        description: 'Customs clearance',
                        stage: null,
                        location: null,
                      },
                    ],
                  },
                ],
              },
            },
          },
        ],
        rejected: [{ number: 'X', error: { code: -1 } }],
      },
    },
    events: [{ name: 'shipment_customs', orderId: '1001', at: at('2024-05-01T08:00:00+08:00') }],
  },
  {
    source: easypost,
    what: 'a list of trackers, one without details',
    file: {
      trackers: [
        { id: 'a', object: 'Tracker', tracking_code: 'E2', carrier: 'UPS', tracking_details: [] },
        {
          id: 'b',
          object: 'Tracker',
          tracking_code: 'E3',
          carrier: 'UPS',
          tracking_details: [{ status: 'return_to_sender', message: 'x', datetime: '2024-05-01T10:00:00Z' }],
        },
      ],
      has_more: false,
    },
    events: [{ name: 'shipment_returning', props: { waybill: 'E3' } }],
    skipped: ['1: a parcel without stations'],
  },
  {
    source: ordersTable,
    what: 'an English table with a code of three places, AM and PM, a bar between cells',
    file: 'Order ID|Order Date|SKU|Qty|Line Total|Currency|Status\n1001|May 1, 2024 1:05 PM|A|2|12.3456|KWD|paid\n\n1002|2024-05-01T10:00:00+03:00|B|1|KWD 1,234.5|kwd|paid\n',
    options: { zone: 'UTC' },
    orders: [
      {
        id: '1001',
        orderedAt: at('2024-05-01T13:05:00Z'),
        lines: [expect.objectContaining({ quantity: 2, amountMinor: 12_346 })],
      },
      {
        id: '1002',
        orderedAt: at('2024-05-01T07:00:00Z'),
        lines: [expect.objectContaining({ amountMinor: 1_234_500 })],
      },
    ],
  },
  {
    source: reviewsCsv,
    what: 'old line ends, and a rating out of ten that is none out of five',
    file: '评价内容,评分,评价时间\r很好,4/5,2024-05-01\r一般,4/10,2024-05-01\r',
    voices: [{ text: '很好', rating: 4 }],
    dead: [expect.stringContaining('is "4/10"')],
    guessed: false,
  },
  {
    source: reviewsCsv,
    what: 'UTF-16 without a mark, an id that a spreadsheet rounded',
    file: Buffer.from(
      'review id,review text,stars,review date,order id\n1,很好 good,5,2024-05-01,1.23457E+17\n2,bad one,1,2024-05-01,5\n',
      'utf16le',
    ),
    voices: [{ text: 'bad one', rating: 1, orderId: '5' }],
    dead: [expect.stringContaining('was rounded by a spreadsheet')],
  },
  {
    source: voicesTable,
    what: 'mentions in JSON lines, whose kind a person says',
    file: '{"id":"1","content":"用了三天就坏 😡","created_at":"2024-05-01T10:00:00Z","author":{"id":"u"},"platform":"抖音"}\n{"id":"2","content":"","created_at":"2024-05-01T10:00:00Z"}\n',
    options: { set: { kind: 'social_mention' } },
    voices: [{ kind: 'social_mention', text: '用了三天就坏 😡', channel: '抖音' }],
    skipped: ['2: without words'],
    guessed: false,
  },
]

test.each(forms)('$source.id: $what', async (form) => holds(form))
