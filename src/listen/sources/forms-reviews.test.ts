import { expect, test } from 'vitest'
import { type FormCase, holds } from '../source/form-case.ts'
import { amazonQa } from './amazon-qa/source.ts'
import { amazonReviews } from './amazon-reviews/source.ts'
import { amazonReviewsTsv } from './amazon-reviews-tsv/source.ts'
import { appStore } from './app-store/source.ts'
import { googlePlay } from './google-play/source.ts'
import { jdComments } from './jd-comments/source.ts'
import { judgeme } from './judgeme/source.ts'
import { steam } from './steam/source.ts'
import { taobaoItemrates } from './taobao-itemrates/source.ts'
import { taobaoTraderates } from './taobao-traderates/source.ts'
import { tmallFeedbacks } from './tmall-feedbacks/source.ts'
import { trustpilot } from './trustpilot/source.ts'
import { weibo } from './weibo/source.ts'
import { xiaohongshu } from './xiaohongshu/source.ts'
import { yelp } from './yelp/source.ts'

const at = (text: string) => Date.parse(text)

const forms: FormCase[] = [
  {
    source: jdComments,
    what: 'the mobile interface, whose comments lie deep in floors of a page',
    file: {
      code: '0',
      result: {
        floors: [
          { mId: 'head', data: {} },
          {
            mId: 'list',
            data: [
              {
                commentInfo: {
                  commentId: '22300000001234567890',
                  commentData: '很好&hellip;&hellip;就是贵 😀',
                  commentDate: '2024-05-01 10:11:12',
                  commentScore: '4',
                  userNickName: 'j***n',
                  wareAttribute: [{ 颜色: '黑' }, { 尺码: 'L' }],
                },
              },
            ],
          },
        ],
      },
    },
    voices: [
      {
        id: '22300000001234567890',
        text: '很好……就是贵 😀',
        rating: 4,
        at: at('2024-05-01T10:11:12+08:00'),
        facts: { colour: '黑', size: 'L' },
      },
    ],
  },
  {
    source: jdComments,
    what: 'an unquoted id beyond 2^53, a score as text, nulls, a deleted comment',
    file: 'fetchJSON_comment98({"maxPage":9,"comments":[{"id":12345678901234567891,"content":"一般","creationTime":"2024-05-01 00:00:00","score":"3","location":null,"images":null,"replies":null,"afterUserComment":null,"referenceId":"100012043978","orderId":0},{"id":2,"content":"x","creationTime":"2024-05-01 00:00:00","score":1,"isDelete":true}]});',
    voices: [{ id: '12345678901234567891', rating: 3, text: '一般', productId: '100012043978', orderId: undefined }],
    skipped: ['1: what was deleted'],
  },
  {
    source: taobaoTraderates,
    what: 'one rate as an object, ids beyond 2^53 unquoted, the seller’s own beside',
    file: '{"traderates_get_response":{"trade_rates":{"trade_rate":{"tid":1234567890123456789,"oid":1234567890123456790,"role":"buyer","nick":"a**b","result":"bad","created":"2024-05-01 10:11:12","content":"坏的","item_title":"壶","num_iid":600000000001,"reply":""}},"total_results":1}}',
    voices: [
      { id: 'traderate-1234567890123456790', orderId: '1234567890123456789', rating: -1, customerRef: undefined },
    ],
  },
  {
    source: taobaoTraderates,
    what: 'a table with blanks below and a comma at each line’s end',
    file: '\ufefftid,oid,role,nick,result,created,item_title,item_price,content,reply,num_iid,\r\n9,10,buyer,甲,good,2024-05-01 10:11:12,壶,"1,299.00","好\r\n用",,7,\r\n,,,,,,,,,,,\r\n11,12,seller,店,good,2024-05-01 10:11:12,壶,1,好买家,,7,\r\n',
    voices: [{ id: 'traderate-10', text: '好\r\n用', rating: 1, customerRef: '甲', facts: { item_price: 1299 } }],
    skipped: ['5: the seller’s rating of a buyer'],
  },
  {
    source: taobaoItemrates,
    what: 'the newer page, which tells the hour in createTime',
    file: ' mtopjsonp2({"api":"mtop.taobao.rate.detaillist.get","data":{"total":"2000","rateList":[{"id":"1234567890123456","feedback":"声音&nbsp;大","feedbackDate":"2024年5月1日","createTime":"2024-05-01 22:11:12","rateType":"0","skuValueStr":"白","userNick":"t**1"}]}})',
    voices: [
      { id: '1234567890123456', text: '声音 大', at: at('2024-05-01T22:11:12+08:00'), rating: 0, facts: { sku: '白' } },
    ],
  },
  {
    source: taobaoItemrates,
    what: 'words that the page marks',
    file: {
      rateDetail: {
        rateList: [
          { id: 5, rateContent: '<b></b>噪音&hellip;不小', rateDate: '2019-11-11 10:10:10', appendComment: null },
        ],
      },
    },
    voices: [{ id: '5', text: '噪音…不小' }],
  },
  {
    source: tmallFeedbacks,
    what: 'a follow-up under a review without words, tags null',
    file: {
      tmall_traderate_feeds_get_response: {
        tmall_rate_info: {
          content: '此用户没有填写评论!',
          comment_time: '2024-05-01 10:11:12',
          append_content: '用了两周坏了',
          append_time: '2024-05-15 10:11:12',
          tags: null,
          has_negtv: 'true',
        },
      },
      oid: '77',
    },
    voices: [{ id: 'feedback-77.follow-up', kind: 'follow_up_review', text: '用了两周坏了' }],
    skipped: ['1: without words'],
  },
  {
    source: amazonReviews,
    what: '2018: votes with a comma, style with blanks, no body',
    file: '{"overall": 2.0, "vote": "1,204", "verified": true, "reviewTime": "09 8, 2017", "reviewerID": "A1", "asin": "B0", "style": {"Size:": " Large"}, "summary": "Broke", "unixReviewTime": 1504828800, "image": ["u"]}\n',
    voices: [
      {
        text: 'Broke',
        rating: 2,
        at: 1_504_828_800_000,
        facts: { helpful: 1204, verified: true, style: 'Size: Large', images: 1 },
      },
    ],
  },
  {
    source: amazonReviews,
    what: '2023: milliseconds, breaks as HTML, a comparison that is none',
    file: '{"rating": 5.0, "title": "Five Stars", "text": "Good.<br /><br />5 < 6 &amp; fine", "images": [], "asin": "B1", "parent_asin": "B2", "user_id": "U", "timestamp": 1588687728923, "helpful_vote": 0, "verified_purchase": false}\r\n\r\n',
    voices: [
      {
        text: 'Good.\n\n5 < 6 & fine',
        at: 1_588_687_728_923,
        productId: 'B1',
        facts: { parent_asin: 'B2', helpful: 0, verified: false, default_headline: true },
      },
    ],
  },
  {
    source: amazonReviewsTsv,
    what: 'quotes that begin a cell, CRLF, a row that lacks its body',
    file: 'marketplace\tcustomer_id\treview_id\tproduct_id\tproduct_parent\tproduct_title\tproduct_category\tstar_rating\thelpful_votes\ttotal_votes\tvine\tverified_purchase\treview_headline\treview_body\treview_date\r\nUS\t1\tR1\tB0\t2\t"Best" 6" cable\tElectronics\t1\t0\t0\tN\tY\t"Bad\t"Broke in 2 days\t2015-08-31\r\nUS\t1\tR2\tB0\t2\tCable\tElectronics\t4\t0\t0\tN\tY\tOK\t\t2015-08-31\r\n',
    voices: [
      { id: 'R1', text: '"Bad\n"Broke in 2 days', rating: 1 },
      { id: 'R2', text: 'OK', rating: 4 },
    ],
  },
  {
    source: trustpilot,
    what: 'the data of the web page',
    file: {
      props: {
        pageProps: {
          reviews: [
            {
              id: '65f',
              rating: 1,
              title: 'Late',
              text: 'Three weeks',
              dates: { publishedDate: '2024-03-05T10:11:12.000Z', experiencedDate: null },
              consumer: { id: 'c1', displayName: 'A' },
              reply: { message: 'Sorry', publishedDate: '2024-03-06T10:00:00.000Z' },
              labels: { verification: { isVerified: true } },
              language: 'en',
            },
          ],
        },
      },
    },
    voices: [
      { id: '65f', rating: 1, text: 'Late\nThree weeks', at: at('2024-03-05T10:11:12Z'), customerRef: 'c1' },
      { id: '65f.reply', speaker: 'agent', text: 'Sorry' },
    ],
  },
  {
    source: trustpilot,
    what: 'a table divided by semicolons, as Excel was told',
    file: 'sep=;\r\n"Review Id";"Review Created (UTC)";"Review Stars";"Review Title";"Review Content";"Reference Id";"Company Reply Date (UTC)";"Company Reply Content"\r\n"a1";"2024-03-05 10:11:12";"2";"";"Cold ""food""\nagain";"1001";"";""\r\n',
    voices: [{ id: 'a1', rating: 2, text: 'Cold "food"\nagain', orderId: '1001', at: at('2024-03-05T10:11:12Z') }],
  },
  {
    source: yelp,
    what: 'an answer of the API',
    file: {
      total: 3,
      possible_languages: ['en'],
      reviews: [
        {
          id: 'x',
          url: 'https://example.com',
          text: 'Warm…',
          rating: 4,
          time_created: '2024-01-05 08:00:00',
          user: { id: 'u', name: 'E' },
        },
      ],
    },
    voices: [{ id: 'x', rating: 4, text: 'Warm…', customerRef: 'u', at: at('2024-01-05T08:00:00-08:00') }],
  },
  {
    source: yelp,
    what: 'the older form with its votes in an object, and a tip',
    file: '{"votes": {"funny": 0, "useful": 5, "cool": 2}, "user_id": "u", "review_id": "r", "stars": 5, "date": "2011-01-26", "text": "Nice", "type": "review", "business_id": "b"}\n{"user_id": "u", "business_id": "b", "text": "Ask for the soup", "date": "2013-05-18 02:21:02", "compliment_count": 0}\n',
    voices: [
      { id: 'r', rating: 5, facts: { funny: 0, useful: 5, cool: 2 } },
      { text: 'Ask for the soup', rating: undefined, merchantId: 'b' },
    ],
  },
  {
    source: steam,
    what: 'the older collection: recommended, helpful votes, columns with dots, seconds with a fraction',
    file: ',app_id,app_name,review_id,language,review,timestamp_created,timestamp_updated,recommended,votes_helpful,votes_funny,weighted_vote_score,comment_count,steam_purchase,received_for_free,written_during_early_access,author.steamid,author.num_games_owned\n0,292030,The Game,85185598,schinese,"好玩\n[b]真的[/b]",1611381629.0,1611381629,True,3,0,0.0,0,True,False,False,76561199095369542,6\n',
    voices: [
      {
        id: '85185598',
        rating: 1,
        ratingMax: 1,
        customerRef: '76561199095369542',
        at: 1_611_381_629_000,
        facts: { votes_up: 3 },
      },
    ],
  },
  {
    source: steam,
    what: 'the API: a thumb without words, a steam id as a number, the developer’s answer',
    file: '{"success":1,"query_summary":{"num_reviews":1},"reviews":[{"recommendationid":"1","author":{"steamid":76561198000000001,"num_games_owned":0},"language":"english","review":"","timestamp_created":1700000000,"timestamp_updated":1700000000,"voted_up":false,"votes_up":0,"developer_response":"Thanks","timestamp_dev_responded":1700000100}],"cursor":"AoJ4"}',
    voices: [
      { id: '1', text: '', rating: 0, customerRef: '76561198000000001' },
      { id: '1.reply', speaker: 'agent', at: 1_700_000_100_000 },
    ],
  },
  {
    source: appStore,
    what: 'a feed of one entry, with its day',
    file: {
      feed: {
        id: { label: 'https://itunes.apple.com/us/rss/customerreviews/id=123/json' },
        entry: {
          id: { label: '900' },
          'im:rating': { label: '1' },
          'im:version': { label: '2.0' },
          title: { label: 'Crash' },
          content: { label: 'Since the update' },
          updated: { label: '2024-05-01T10:11:12-07:00' },
          author: { uri: { label: 'https://itunes.apple.com/us/reviews/id555' }, name: { label: 'n' } },
        },
      },
    },
    voices: [
      {
        id: '900',
        rating: 1,
        text: 'Crash\nSince the update',
        productId: '123',
        customerRef: '555',
        at: at('2024-05-01T17:11:12Z'),
      },
    ],
  },
  {
    source: appStore,
    what: 'what collectors save',
    file: [
      {
        rating: 2,
        title: 'Ads',
        review: 'Too many',
        date: '2024-05-01 10:11:12',
        isEdited: false,
        userName: 'n',
        developerResponse: { id: 4, body: 'Sorry', modified: '2024-05-02T10:00:00Z' },
      },
      {
        id: '7',
        userName: 'n',
        userUrl: 'https://itunes.apple.com/us/reviews/id42',
        version: '1.2',
        score: 5,
        title: 'Top',
        text: 'Fine',
        updated: '2024-05-01T10:11:12-07:00',
      },
    ],
    options: { zone: 'UTC' },
    voices: [
      { rating: 2, text: 'Ads\nToo many', at: at('2024-05-01T10:11:12Z') },
      { speaker: 'agent', text: 'Sorry' },
      { id: '7', rating: 5, customerRef: '42', facts: { app_version: '1.2' } },
    ],
  },
  {
    source: googlePlay,
    what: 'the Play Console’s table in UTF-16, a rating without words',
    file: Buffer.from(
      '\ufeffPackage Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,Developer Reply Text,Review Link\napp.x,12,1.2,zh,redfin,2024-05-01T10:11:12Z,1714558272000,2024-05-01T10:11:12Z,1714558272000,3,,,,,,\napp.x,12,1.2,zh,redfin,2024-05-01T10:11:12Z,1714558272000,2024-05-01T10:11:12Z,1714558272000,1,,闪退 😡,,,,http://play.google.com/console?reviewId=abc\n',
      'utf16le',
    ),
    voices: [
      { rating: 3, text: '', at: 1_714_558_272_000 },
      { id: 'abc', rating: 1, text: '闪退 😡', lang: 'zh', productId: 'app.x' },
    ],
  },
  {
    source: googlePlay,
    what: 'the API: an edited review and the developer’s comment',
    file: {
      reviews: [
        {
          reviewId: 'r',
          authorName: 'n',
          comments: [
            {
              userComment: {
                text: 'Title\tBody',
                lastModified: { seconds: '1714558272', nanos: 1 },
                starRating: 2,
                reviewerLanguage: 'en',
              },
            },
            { developerComment: { text: 'Hi', lastModified: { seconds: '1714559000' } } },
          ],
        },
      ],
      tokenPagination: { nextPageToken: 'x' },
    },
    voices: [
      { id: 'r', text: 'Title\nBody', rating: 2, at: 1_714_558_272_000 },
      { id: 'r.reply', speaker: 'agent', text: 'Hi' },
    ],
  },
  {
    source: judgeme,
    what: 'a page of the API',
    file: {
      current_page: 1,
      per_page: 2,
      reviews: [
        {
          id: 31,
          title: null,
          body: '<p>Fine 👍</p>',
          rating: 5,
          product_external_id: 12345678901234,
          reviewer: { id: 1, email: 'a@example.com' },
          source: 'web',
          curated: 'ok',
          verified: 'buyer',
          created_at: '2024-05-01T10:11:12+00:00',
          pictures: [{ urls: {} }, { urls: {} }],
          product_title: 'Lamp',
        },
        {
          id: 32,
          title: 'Buy',
          body: 'pills',
          rating: 5,
          product_external_id: 1,
          reviewer: {},
          curated: 'spam',
          created_at: '2024-05-01T10:11:12+00:00',
        },
      ],
    },
    voices: [
      {
        id: 'judgeme-31',
        text: 'Fine 👍',
        productId: '12345678901234',
        facts: { source: 'web', curated: 'ok', verified: 'buyer', pictures: 2 },
      },
      { id: 'judgeme-32', facts: { curated: 'spam' } },
    ],
  },
  {
    source: judgeme,
    what: 'a table with other spaces in its header, and the time in UTC',
    file: 'Title,Body,Rating,Review Date,Reviewer Name,Reviewer Email,Product ID,Product Handle,Reply,Picture URLs\n,Ok,4,2024-05-01 10:11:12 UTC,A,a@example.com,,lamp,,\n',
    voices: [{ text: 'Ok', rating: 4, productId: 'lamp', at: at('2024-05-01T10:11:12Z') }],
  },
  {
    source: amazonQa,
    what: 'a question that nobody has answered yet, and the form with several answers',
    file: '{"asin": "B0", "questions": [{"questionType": "open-ended", "askerID": "A", "questionTime": "December 4, 2013", "questionText": "Fits?", "answers": []}]}\n',
    voices: [{ kind: 'question', text: 'Fits?', customerRef: 'A', at: at('2013-12-04T00:00:00-08:00') }],
  },
  {
    source: xiaohongshu,
    what: 'the web page’s answer: comments without a name of their own, replies under them',
    file: {
      success: true,
      data: {
        has_more: true,
        comments: [
          {
            id: 'c1',
            note_id: 'n1',
            content: '链接呢[害羞R]',
            create_time: 1714558272000,
            like_count: '1.2万',
            user_info: { user_id: 'u1', nickname: 'n' },
            ip_location: '上海',
            sub_comments: [
              {
                id: 'c2',
                note_id: 'n1',
                content: '私信',
                create_time: 1714558273000,
                user_info: { user_id: 'u2' },
                target_comment: { id: 'c1' },
              },
            ],
          },
        ],
      },
    },
    voices: [
      {
        id: 'c1',
        text: '链接呢[害羞R]',
        conversation: 'n1',
        customerRef: 'u1',
        facts: { likes: 12_000, location: '上海' },
      },
      { id: 'c2', text: '私信', conversation: 'n1', customerRef: 'u2', facts: { parent: 'c1' } },
    ],
  },
  {
    source: xiaohongshu,
    what: 'a note with a list of tags, its day in seconds',
    file: [
      {
        note_id: 'n',
        type: 'normal',
        title: '',
        desc: '好用\n推荐',
        time: 1714558272,
        user_id: 'u',
        liked_count: '10万+',
        tag_list: ['锅', '厨房'],
        note_url: 'u',
      },
    ],
    voices: [
      {
        id: 'n',
        text: '好用\n推荐',
        at: 1_714_558_272_000,
        facts: { likes: '10万+', tags: '锅、厨房', note_type: 'normal' },
      },
    ],
  },
  {
    source: weibo,
    what: 'cards of a search, one of them in a group, the long text beside the cut one',
    file: {
      ok: 1,
      data: {
        cards: [
          {
            card_type: 11,
            card_group: [
              {
                card_type: 9,
                mblog: {
                  id: '4876543210123456',
                  text: '短…全文',
                  longText: { longTextContent: '长文<br />第二行' },
                  created_at: 'Wed May 01 18:11:12 +0800 2024',
                  user: { id: 1234567890, screen_name: 'n' },
                  reposts_count: 0,
                  attitudes_count: 3,
                },
              },
            ],
          },
          { card_type: 4, desc: '广告' },
        ],
      },
    },
    voices: [
      { id: '4876543210123456', text: '长文\n第二行', customerRef: '1234567890', at: at('2024-05-01T10:11:12Z') },
    ],
  },
  {
    source: weibo,
    what: 'a table whose columns are written in full width',
    file: '评论ＩＤ,评论内容,评论时间,评论者昵称,点赞数\n5001,真香,2024年5月1日 下午6:11,甲,0\n,,,,\n',
    voices: [{ id: '5001', text: '真香', at: at('2024-05-01T18:11:00+08:00') }],
  },
]

test.each(forms)('$source.id: $what', async (form) => holds(form))

test('a page that lists nothing gives nothing, and nothing is refused', async () => {
  const pages: [FormCase['source'], unknown][] = [
    [taobaoTraderates, { traderates_get_response: { total_results: 0 } }],
    [jdComments, { comments: [], maxPage: 0 }],
    [steam, { success: 1, reviews: [], cursor: '*' }],
    [appStore, { feed: { title: { label: 'x' } } }],
    [judgeme, { current_page: 9, reviews: [] }],
  ]
  for (const [source, file] of pages) await holds({ source, what: '', file, voices: [], skipped: [], guessed: false })
  expect(pages.length).toBe(5)
})
