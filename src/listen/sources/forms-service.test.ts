import { expect, test } from 'vitest'
import { type FormCase, holds } from '../source/form-case.ts'
import { callTranscript } from './call-transcript/source.ts'
import { chatLog } from './chat-log/source.ts'
import { chatwoot } from './chatwoot/source.ts'
import { email } from './email/source.ts'
import { formbricks } from './formbricks/source.ts'
import { freshdesk } from './freshdesk/source.ts'
import { gorgias } from './gorgias/source.ts'
import { intercom } from './intercom/source.ts'
import { jotform } from './jotform/source.ts'
import { limesurvey } from './limesurvey/source.ts'
import { qualtrics } from './qualtrics/source.ts'
import { surveyCsv } from './survey-csv/source.ts'
import { tally } from './tally/source.ts'
import { typeform } from './typeform/source.ts'
import { zendesk } from './zendesk/source.ts'
import { zohoDesk } from './zoho-desk/source.ts'

const at = (text: string) => Date.parse(text)
const quoted = 'It is broken.\n\nOn Tue, 5 Mar 2024 at 10:11, Shop <help@shop.example> wrote:\n> Did it arrive well?\n'

const forms: FormCase[] = [
  {
    source: chatwoot,
    what: 'rules’ longer names, a deleted message, a bot that comes in, a note, mail with what it quotes',
    file: [
      {
        event: 'automation_event.message_created',
        id: 1,
        content: 'Hi <b>there</b>',
        message_type: 'incoming',
        created_at: 1714558272,
        conversation: { id: 9, channel: 'Channel::WebWidget' },
        account: { id: 3 },
        sender: { id: 5, type: 'contact' },
      },
      {
        event: 'message_created',
        id: 2,
        content: 'This message was deleted',
        content_attributes: { deleted: true },
        message_type: 'incoming',
        created_at: 1714558273,
        conversation: { id: 9 },
        account: { id: 3 },
      },
      {
        event: 'message_created',
        id: 3,
        content: 'How can I help?',
        message_type: 'incoming',
        created_at: 1714558274,
        conversation: { id: 9 },
        account: { id: 3 },
        sender: { id: 1, type: 'agent_bot' },
      },
      {
        event: 'message_created',
        id: 4,
        content: 'angry one',
        private: true,
        message_type: 'outgoing',
        created_at: 1714558275,
        conversation: { id: 9 },
        account: { id: 3 },
      },
      {
        event: 'message_created',
        id: 5,
        content: quoted,
        message_type: 'incoming',
        created_at: 1714558276,
        conversation: { id: 10, channel: 'Channel::Email' },
        account: { id: 3 },
        sender: { id: 6, type: 'contact' },
      },
    ],
    voices: [
      { id: 'chatwoot-3-message-1', text: 'Hi there', speaker: 'customer', at: 1_714_558_272_000 },
      { id: 'chatwoot-3-message-3', speaker: 'bot' },
      { id: 'chatwoot-3-message-5', kind: 'email', text: 'It is broken.', speaker: 'customer' },
    ],
    skipped: ['1: what was deleted', '1: an internal note'],
  },
  {
    source: chatwoot,
    what: 'the list of ratings, one of them without an answer',
    file: [
      {
        id: 1,
        rating: 2,
        feedback_message: '等太久',
        account_id: 3,
        message_id: 44,
        conversation_id: 9,
        created_at: 1714558272,
        contact: { id: 5 },
      },
      {
        id: 2,
        rating: null,
        feedback_message: '',
        account_id: 3,
        message_id: 45,
        conversation_id: 9,
        created_at: 1714558272,
      },
    ],
    voices: [
      {
        id: 'chatwoot-3-csat-44',
        kind: 'survey',
        metric: 'csat',
        rating: 2,
        text: '等太久',
        conversation: 'chatwoot-3-9',
      },
    ],
    skipped: ['1: a survey without an answer'],
  },
  {
    source: zendesk,
    what: 'calls, a chat as one text, mail with what it quotes, a deleted ticket',
    file: {
      tickets: [
        {
          id: '12345678901234567',
          status: 'open',
          subject: 'x',
          description: 'x',
          requester_id: 7,
          submitter_id: 7,
          created_at: '2024-05-01T10:00:00Z',
          updated_at: '2024-05-01T10:00:00Z',
          via: { channel: 'email' },
          comments: [
            {
              id: 1,
              author_id: 7,
              public: true,
              plain_body: quoted,
              created_at: '2024-05-01T10:00:00Z',
              via: { channel: 'email' },
            },
            {
              id: 2,
              type: 'VoiceComment',
              author_id: 7,
              public: true,
              body: 'Call from: +1 555\nLength of phone call: 2 minutes',
              created_at: '2024-05-01T10:01:00Z',
              data: { answered_by_id: 8 },
            },
            {
              id: 3,
              type: 'VoiceComment',
              author_id: 7,
              public: true,
              body: 'Voicemail from: +1 555',
              created_at: '2024-05-01T10:02:00Z',
              data: { transcription_text: 'Please call me back', answered_by_id: null },
            },
            {
              id: 4,
              author_id: 7,
              public: true,
              body: 'Chat started: 10:01\n(10:01:02) Visitor 1: hello\n(10:01:09) Ann: how can I help?',
              created_at: '2024-05-01T10:03:00Z',
              via: { channel: 'chat' },
            },
            { id: 5, author_id: 8, public: false, body: 'rude customer', created_at: '2024-05-01T10:04:00Z' },
          ],
        },
        {
          id: 2,
          status: 'deleted',
          subject: 'y',
          description: 'y',
          requester_id: 7,
          submitter_id: 7,
          created_at: '2024-05-01T10:00:00Z',
        },
      ],
      users: [
        { id: 7, role: 'end-user' },
        { id: 8, role: 'agent' },
      ],
      end_of_stream: true,
    },
    voices: [
      {
        id: 'zendesk-comment-1',
        speaker: 'customer',
        text: 'It is broken.',
        conversation: 'zendesk-12345678901234567',
      },
      { id: 'zendesk-comment-2', speaker: 'system' },
      { id: 'zendesk-comment-3', speaker: 'customer', kind: 'call', text: 'Please call me back' },
    ],
    dead: [expect.stringContaining('author_id is "a transcript"')],
    skipped: ['1: an internal note', '1: what was deleted'],
  },
  {
    source: intercom,
    what: 'a part that is a note, one of a bot, one that was blacked out, times in seconds as text',
    file: {
      type: 'conversation',
      id: '99',
      created_at: '1714558272',
      state: 'open',
      source: {
        type: 'email',
        id: '1',
        subject: '',
        body: '<p>Broken &amp; late</p><div class="gmail_quote"><p>we sent it</p></div>',
        author: { type: 'user', id: 'u' },
        attachments: [],
      },
      contacts: { contacts: [{ id: 'u', external_id: 'shop-7' }] },
      conversation_parts: {
        conversation_parts: [
          {
            id: '2',
            part_type: 'note',
            body: '<p>calm down</p>',
            created_at: 1714558273,
            author: { type: 'admin', id: 'a' },
          },
          {
            id: '3',
            part_type: 'comment',
            body: '<p>I am Fin</p>',
            created_at: 1714558274,
            author: { type: 'bot', id: 'b' },
          },
          {
            id: '4',
            part_type: 'comment',
            body: '<p>x</p>',
            redacted: true,
            created_at: 1714558275,
            author: { type: 'user', id: 'u' },
          },
          { id: '5', part_type: 'assignment', body: null, created_at: 1714558276, author: { type: 'admin', id: 'a' } },
        ],
      },
      conversation_rating: null,
    },
    voices: [
      { text: 'Broken & late', speaker: 'customer', customerRef: 'shop-7', kind: 'email', at: 1_714_558_272_000 },
      { text: 'I am Fin', speaker: 'bot' },
    ],
    skipped: ['1: an internal note', '1: a message that was blacked out', '1: a change of state (assignment)'],
  },
  {
    source: freshdesk,
    what: 'the account’s own export, with notes in envelopes',
    file: [
      {
        helpdesk_ticket: {
          display_id: 55,
          subject: 'Late',
          description: 'Where is it?',
          source: 2,
          status: 4,
          priority: 1,
          requester_id: 77,
          created_at: '2024-05-01T10:00:00+05:30',
          notes: [
            {
              note: {
                id: 1,
                body: 'Soon',
                incoming: false,
                private: false,
                user_id: 2,
                created_at: '2024-05-01T11:00:00+05:30',
                source: 0,
              },
            },
            {
              note: {
                id: 2,
                body: 'internal',
                incoming: false,
                private: true,
                user_id: 2,
                created_at: '2024-05-01T11:00:00+05:30',
                source: 2,
              },
            },
            {
              note: {
                id: 3,
                body: 'still nothing',
                incoming: true,
                private: false,
                user_id: 77,
                created_at: '2024-05-01T12:00:00+05:30',
                source: 0,
                deleted: false,
              },
            },
          ],
        },
      },
    ],
    voices: [
      {
        text: 'Late\nWhere is it?',
        speaker: 'customer',
        conversation: 'freshdesk-55',
        at: at('2024-05-01T10:00:00+05:30'),
      },
      { text: 'Soon', speaker: 'agent' },
      { text: 'still nothing', speaker: 'customer' },
    ],
    skipped: ['1: an internal note'],
  },
  {
    source: freshdesk,
    what: 'an automatic reply that came in, one that a rule sent, mail with what it quotes',
    file: {
      conversations: [
        {
          id: 1,
          body_text: 'I am on holiday',
          incoming: true,
          private: false,
          auto_response: true,
          user_id: 7,
          ticket_id: 5,
          source: 0,
          created_at: '2024-05-01T10:00:00Z',
        },
        {
          id: 2,
          body_text: 'We have your mail',
          incoming: false,
          private: false,
          automation_id: 31,
          user_id: 1,
          ticket_id: 5,
          source: 0,
          created_at: '2024-05-01T10:00:00Z',
        },
        {
          id: 3,
          body_text: quoted,
          incoming: true,
          private: false,
          user_id: 7,
          ticket_id: 5,
          source: 0,
          created_at: '2024-05-01T10:00:00Z',
        },
      ],
    },
    voices: [
      { id: 'freshdesk-conversation-2', speaker: 'bot' },
      { id: 'freshdesk-conversation-3', speaker: 'customer', text: 'It is broken.' },
    ],
    skipped: ['1: an automatic reply'],
  },
  {
    source: gorgias,
    what: 'a webhook with its message beside the ticket; a rule’s message; a note; a survey that nobody answered',
    file: [
      {
        ticket: {
          id: 1,
          status: 'open',
          channel: 'email',
          from_agent: false,
          created_datetime: '2024-05-01T10:00:00.123456+00:00',
          customer: { id: 5, external_id: null },
        },
        message: {
          id: 11,
          ticket_id: 1,
          channel: 'email',
          from_agent: false,
          public: true,
          stripped_text: 'Help',
          body_text: 'Help\n> old',
          created_datetime: '2024-05-01T10:00:00+00:00',
          sender: { id: 5 },
        },
      },
      {
        id: 12,
        ticket_id: 1,
        channel: 'email',
        from_agent: true,
        rule_id: 4,
        public: true,
        stripped_text: 'Got it',
        created_datetime: '2024-05-01T10:00:00+00:00',
      },
      {
        id: 13,
        ticket_id: 1,
        channel: 'internal-note',
        from_agent: true,
        public: false,
        body_text: 'note',
        created_datetime: '2024-05-01T10:00:00+00:00',
      },
      {
        id: 3,
        ticket_id: 1,
        customer_id: 5,
        score: null,
        body_text: null,
        created_datetime: '2024-05-01T10:00:00+00:00',
      },
    ],
    voices: [
      { id: 'gorgias-message-11', text: 'Help', speaker: 'customer' },
      { id: 'gorgias-message-12', speaker: 'bot' },
    ],
    skipped: ['1: an internal note', '1: a survey without an answer'],
  },
  {
    source: zohoDesk,
    what: 'a thread whose HTML quotes the shop',
    file: {
      data: [
        {
          id: '1',
          ticketId: '9',
          direction: 'in',
          channel: 'EMAIL',
          content: '<div>Still broken</div><blockquote><div>Did it help?</div></blockquote>',
          createdTime: '2024-05-01T10:00:00.000Z',
          author: { type: 'END_USER' },
        },
      ],
    },
    voices: [{ text: 'Still broken', speaker: 'customer', kind: 'email' }],
  },
  {
    source: chatLog,
    what: 'a log of a model’s talk, its words in parts',
    file: '{"id":"s1","created_at":1714558272,"messages":[{"role":"system","content":"You help"},{"role":"user","content":[{"type":"text","text":"退货"},{"type":"image_url"}]},{"role":"assistant","content":"好的"},{"role":"user","content":""}]}\n',
    voices: [
      { speaker: 'system', conversation: 's1' },
      { speaker: 'customer', text: '退货', turn: 1, at: 1_714_558_272_000 },
      { speaker: 'bot', text: '好的' },
    ],
    skipped: ['1: without words'],
  },
  {
    source: chatLog,
    what: 'a table with notes, messages that were taken back, automatic ones, and times without marks',
    file: '会话ＩＤ,发送时间,发送方,消息类型,内容,内部备注\r\nA,20240501101112,买家,text,"在吗\r\n？",否\r\nA,20240501101113,买家,text,对方撤回了一条消息,\r\nA,20240501101114,客服,自动回复,您好，亲,\r\nA,20240501101115,客服,text,这人很烦,是\r\n,,,,,\r\n',
    voices: [
      { speaker: 'customer', text: '在吗\r\n？', conversation: 'A', at: at('2024-05-01T10:11:12+08:00') },
      { speaker: 'system' },
      { speaker: 'bot' },
    ],
    skipped: ['6: an internal note'],
  },
  {
    source: callTranscript,
    what: 'several of Fireflies’ transcripts in one answer',
    file: {
      data: {
        transcripts: [
          {
            id: 't1',
            date: 1714558272000,
            sentences: [{ index: 0, speaker_name: 'Agent', text: 'Hello', start_time: 0.5 }],
          },
          { id: 't2', date: 1714558272000, sentences: [] },
          {
            id: 't3',
            dateString: '2024-05-01T10:11:12.000Z',
            sentences: [{ index: 0, speaker_name: 'Jo', text: 'It leaks', start_time: 61 }],
          },
        ],
      },
    },
    options: { set: { customer: 'Jo' } },
    voices: [
      { speaker: 'agent', conversation: 't1', facts: { start_seconds: 0.5 } },
      { speaker: 'customer', conversation: 't3', facts: { start_seconds: 61 }, at: at('2024-05-01T10:11:12Z') },
    ],
    skipped: ['1: without words'],
  },
  {
    source: callTranscript,
    what: 'Deepgram with a channel for each side, of whom nobody said who is who',
    file: {
      metadata: { request_id: 'r', created: '2024-05-01T10:11:12.123Z', channels: 2 },
      results: {
        channels: [
          { alternatives: [{ transcript: 'hello', words: [{ word: 'hello', start: 0.1 }] }] },
          { alternatives: [{ transcript: 'my order', words: [{ word: 'my', start: 1.1 }] }] },
        ],
      },
    },
    options: { set: { customer: '1', agent: '0' } },
    voices: [
      { speaker: 'agent', text: 'hello' },
      { speaker: 'customer', text: 'my order', at: at('2024-05-01T10:11:12.123Z') },
    ],
  },
  {
    source: callTranscript,
    what: 'a table whose starts are on a clock',
    file: 'call_id;speaker;start;end;text;date\nc1;Customer;00:01:05;00:01:09;"Hello; hello";2024-05-01\nc1;Agent;00:01:10;;Yes;2024-05-01\n',
    voices: [
      { speaker: 'customer', text: 'Hello; hello', facts: { start_seconds: 65 } },
      { speaker: 'agent', facts: { start_seconds: 70 } },
    ],
  },
  {
    source: email,
    what: 'a mailbox: a customer through the shop’s own group, a newsletter, an absence, the shop’s answer',
    file: [
      'From a@example.com Wed May  1 10:11:12 2024\nFrom: A <a@example.com>\nTo: help@shop.example\nSubject: Broken\nDate: Wed, 1 May 2024 10:11:12 +0200\nMessage-ID: <1@x>\nPrecedence: list\nList-ID: <help.shop.example>\n\nIt leaks.\n',
      'From n@news.example Wed May  1 10:11:12 2024\nFrom: n@news.example\nSubject: Sale\nDate: Wed, 1 May 2024 10:11:12 +0200\nList-Unsubscribe: <mailto:u@news.example>\n\nBuy!\n',
      'From b@example.com Wed May  1 10:11:12 2024\nFrom: b@example.com\nSubject: Re: Sale\nDate: Wed, 1 May 2024 10:11:12 +0200\nAuto-Submitted: auto-replied\n\nI am away.\n',
      'From help@shop.example Wed May  1 10:11:12 2024\nFrom: help@shop.example\nSubject: Re: Broken\nDate: Wed, 1 May 2024 11:11:12 +0200\nMessage-ID: <2@x>\nIn-Reply-To: <1@x>\n\nSorry.\n',
    ].join('\n'),
    options: { set: { own: 'shop.example' } },
    voices: [
      { id: '1@x', speaker: 'customer', text: 'Broken\nIt leaks.', at: at('2024-05-01T08:11:12Z') },
      { id: '2@x', speaker: 'agent', conversation: '1@x' },
    ],
    skipped: ['13: a mass mailing', '21: an automatic reply'],
  },
  {
    source: formbricks,
    what: 'what the page handed over is no answer',
    file: {
      event: 'responseFinished',
      data: {
        id: 'r',
        surveyId: 's',
        createdAt: '2024-05-01T10:00:00.000Z',
        updatedAt: '2024-05-01T10:01:00.000Z',
        finished: true,
        data: { q1: 3, q2: '', plan: 'gold', q3: ['快', '好'] },
        survey: {
          title: 'S',
          questions: [
            { id: 'q1', type: 'rating', range: 5, headline: { default: '<p>Satisfied with it?</p>' } },
            { id: 'q2', type: 'openText', headline: { default: 'Why?' } },
            { id: 'q3', type: 'multipleChoiceMulti', headline: 'Which?' },
          ],
        },
      },
    },
    voices: [
      { id: 'r.q1', rating: 3, ratingMax: 5, metric: 'csat', facts: { question: 'Satisfied with it?', survey: 'S' } },
      { id: 'r.q3', text: '快、好' },
    ],
    skipped: ['1: a hidden or calculated field'],
  },
  {
    source: typeform,
    what: 'responses of the API: one that was never sent, one with nothing',
    file: {
      total_items: 2,
      items: [
        {
          response_id: 'a',
          token: 'a',
          landed_at: '2024-05-01T10:00:00Z',
          submitted_at: '0001-01-01T00:00:00Z',
          answers: [{ type: 'text', text: 'slow', field: { id: 'f', type: 'long_text' } }],
        },
        {
          response_id: 'b',
          token: 'b',
          landed_at: '2024-05-01T10:00:00Z',
          submitted_at: '0001-01-01T00:00:00Z',
          answers: null,
        },
      ],
    },
    voices: [{ id: 'a.f', text: 'slow', at: at('2024-05-01T10:00:00Z'), facts: { finished: false } }],
    skipped: ['1: a survey without an answer'],
  },
  {
    source: limesurvey,
    what: 'a matrix of numbers beside a multiple choice',
    file: '"id";"submitdate";"startlanguage";"Q1[speed]";"Q1[price]";"Q2[a]";"Q2[b]";"Q2[other]"\n"1";"2024-05-01 10:00:00";"de";"1";"5";"Y";"";""\n"2";"2024-05-01 10:00:00";"de";"4";"1";"Y";"Y";"mine"\n',
    options: { zone: 'UTC' },
    voices: [
      { text: '1', facts: expect.objectContaining({ question: 'Q1 [speed]' }) },
      { text: '5' },
      { text: 'a' },
      { text: '4' },
      { text: '1', facts: expect.objectContaining({ question: 'Q1 [price]' }) },
      { text: 'mine' },
      { text: 'a、b' },
    ],
  },
  {
    source: qualtrics,
    what: 'a tab-divided table in UTF-16 with a preview and a test in codes',
    file: Buffer.from(
      '\ufeffStartDate\tEndDate\tStatus\tFinished\tRecordedDate\tResponseId\tQ1\nStart Date\tEnd Date\tResponse Type\tFinished\tRecorded Date\tResponse ID\tWhat is wrong?\n{"ImportId":"startDate"}\t{"ImportId":"endDate"}\t{"ImportId":"status"}\t{"ImportId":"finished"}\t{"ImportId":"recordedDate"}\t{"ImportId":"_recordId"}\t{"ImportId":"QID1_TEXT"}\n2024-05-01 10:00:00\t2024-05-01 10:01:00\t0\t1\t2024-05-01 10:01:01\tR_1\t太慢 😤\n2024-05-01 10:00:00\t2024-05-01 10:01:00\t1\t1\t2024-05-01 10:01:01\tR_2\ttest\n2024-05-01 10:00:00\t2024-05-01 10:01:00\t8\t1\t2024-05-01 10:01:01\tR_3\tpills\n',
      'utf16le',
    ),
    options: { zone: 'America/Denver' },
    voices: [{ id: 'R_1.Q1', text: '太慢 😤', at: at('2024-05-01T10:01:01-06:00') }],
    skipped: ['5: a preview or a test of the survey', '6: spam'],
  },
  {
    source: jotform,
    what: 'a page of the API with a hidden field and a deleted submission',
    file: {
      responseCode: 200,
      content: [
        {
          id: '5900000000000000001',
          form_id: '1',
          created_at: '2024-05-01 10:00:00',
          status: 'ACTIVE',
          answers: {
            '3': { name: 'why', order: '2', text: 'Why?', type: 'control_textarea', answer: 'Cold' },
            '4': { name: 'utm', order: '1', text: 'utm', type: 'control_hidden', answer: 'ads' },
            '5': { name: 'none', order: '3', text: 'More?', type: 'control_textarea' },
          },
        },
        { id: '2', form_id: '1', created_at: '2024-05-01 10:00:00', status: 'DELETED', answers: {} },
      ],
      resultSet: { offset: 0 },
    },
    voices: [{ id: '5900000000000000001.3', text: 'Cold', at: at('2024-05-01T10:00:00-04:00') }],
    skipped: ['1: a hidden or calculated field', '1: what was deleted'],
  },
  {
    source: tally,
    what: 'a matrix, nothing chosen, and a hidden field',
    file: {
      eventId: 'e',
      eventType: 'FORM_RESPONSE',
      createdAt: '2024-05-01T10:00:00.000Z',
      data: {
        responseId: 'r',
        formId: 'f',
        formName: 'F',
        createdAt: '2024-05-01T10:00:00.000Z',
        fields: [
          {
            key: 'm',
            label: 'Rate',
            type: 'MATRIX',
            value: { row1: ['c2'] },
            rows: [{ id: 'row1', text: '速度' }],
            columns: [{ id: 'c2', text: '好' }],
          },
          { key: 'd', label: 'Which?', type: 'DROPDOWN', value: [], options: [] },
          { key: 'h', label: 'utm', type: 'HIDDEN_FIELDS', value: 'ads' },
        ],
      },
    },
    voices: [{ id: 'r.m', text: '速度: 好', facts: expect.objectContaining({ survey: 'F' }) }],
    skipped: ['1: a hidden or calculated field'],
  },
  {
    source: surveyCsv,
    what: 'a form of a Spanish account, blank lines above its header',
    file: '\n\nMarca temporal,¿Qué tal fue la entrega?\n"14/3/2024 10:11:12","Tarde, muy tarde"\n"2/3/2024 10:11:12",Bien\n',
    options: { zone: 'Europe/Madrid' },
    voices: [
      { text: 'Tarde, muy tarde', at: at('2024-03-14T10:11:12+01:00') },
      { at: at('2024-03-02T10:11:12+01:00') },
    ],
  },
]

test.each(forms)('$source.id: $what', async (form) => holds(form))
