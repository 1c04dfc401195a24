import type { Speaker } from '../../core/speaker.ts'
import type { Pattern } from './pattern.ts'

type Line = readonly [Speaker, Pattern]
export type Script = readonly Line[]

const hello: Line = ['customer', '(你好|在吗|您好|hi|亲，在不|有人吗|客服在吗|喂)(|？|~|。)']
const bot: Line = ['bot', '(您好，|亲，)智能助手为您服务，(请描述您的问题|请问有什么可以帮您)(。|～)']
const welcome: Line = ['agent', '(亲亲|您好|亲|你好呀)，(在的呢|很高兴为您服务|请讲|久等了)(～|。|哦)']
const bye: Line = ['customer', '(好的|好吧|行|嗯嗯|知道了|谢谢|ok|3q|收到)(|。|！|~|🙏)']
const sorry: Line = [
  'agent',
  '(非常抱歉|实在不好意思|很抱歉)(给您带来不便|让您久等了|影响您的体验了)，(这边|我们|小二)(马上|立即|)(为您登记|核实一下|反馈给专员|联系处理)(，24小时内给您回复|，请您留意电话|)(。|哦|～)',
]
const ask: Line = ['agent', '(亲|您好)，(麻烦|方便)提供(一下|)(订单号|下单手机号|照片或视频)(吗|)？']
const phone: Line = ['customer', '(手机号|电话)(是|：|)138001380{two}，(订单|单号){order}']

/** What shops are asked all day. `{order}`, `{two}`, `{question}` and `{gripe}` are given by the caller. */
export const scripts = {
  enquiry: [
    [
      hello,
      welcome,
      ['customer', '{question}'],
      [
        'agent',
        '(亲|您好)，(可以的|没问题|详情页有写哦|这个要看具体情况|一般是够的)(，建议按面积选|，今天下单有活动|，您放心拍|)(～|。)',
      ],
      bye,
    ],
    [
      bot,
      ['customer', '{question}'],
      ['agent', '(这款|咱家)(支持的|都有的|不支持哦|卖得最好的就是它)(～|。)'],
      ['customer', '(什么时候|今天能)(发货|发)(呀|吗|)？'],
      ['agent', '(现货|付款后)(24|48)小时内(发出|发货)(哈|哦|～)'],
      bye,
    ],
    [
      hello,
      ['customer', '{question}(还有|另外|)(有没有优惠|能便宜点不|送什么赠品|)'],
      ['agent', '(已经|现在)是(最低价|活动价)了(亲|哦)(，可以领店铺券|)'],
    ],
  ],
  stayEnquiry: [
    [
      hello,
      welcome,
      ['customer', '{question}'],
      ['agent', '(您好|亲)，(可以的|有的|详情页有写哦|到店找前台就行|要看当天房态)(～|。)'],
      bye,
    ],
    [
      bot,
      ['customer', '{question}'],
      ['agent', '(支持的|有的|要加收一点费用)(～|。)'],
      ['customer', '(能|可以)(提前|下午1点)(办入住|进房间)(吗|不)？'],
      ['agent', '(有空房|打扫好)就(可以|行)(哦|～)'],
      bye,
    ],
  ],
  where: [
    [
      hello,
      ['customer', '(我的|)(快递|货|包裹|东西)(到哪了|发了没|怎么还没动静|什么时候能到)(？|啊|呀)'],
      welcome,
      phone,
      [
        'agent',
        '(查到|看了)(一下|)(包裹|您的订单)(正在运输|已到分拨中心|今天派送)，(预计|大概)(明天|后天|这两天)(到|送达)(哦|～|。)',
      ],
      bye,
    ],
    [
      bot,
      ['customer', '(查物流|催发货|催一下快递|帮看下{order})'],
      ['bot', '订单{order}(运输中|已揽收|派送中)，(请耐心等待|点击查看物流详情)。'],
      bye,
    ],
  ],
  invoice: [
    [
      hello,
      ['customer', '(可以|能|怎么)开(发票|电子发票|专票)(吗|)？'],
      ['agent', '(可以|支持)的(亲|哦)，(订单完成后在订单页申请|把抬头税号发我)(就行|)(。|～)'],
      ['customer', '抬头：(某某|测试|示例)(科技|商贸|文化)有限公司(，邮箱fapiao{two}@example.com|)'],
      ['agent', '(已登记|收到)，(3个工作日内|明天)(开好发您|可下载)。'],
    ],
  ],
  address: [
    [
      hello,
      [
        'customer',
        '(地址|收货地址)(写错了|要改一下)，改成{city}(示例区|测试区)(幸福|和平|示例)路{two}号(3|5|8)栋(502|1203|301)，(电话|手机)138001380{two}',
      ],
      ['agent', '(好的|收到)，(已帮您修改|这边备注了)(～|，请放心。)'],
      bye,
    ],
  ],
  schedule: [
    [
      hello,
      ['customer', '(什么时候|几号|哪天)(能来安装|师傅上门|给装)？(东西到了|货已收到|)'],
      welcome,
      phone,
      ['agent', '(已|这边)(为您登记|预约)(了|)，(师傅会提前电话联系|请保持电话畅通)(哦|。)'],
      bye,
    ],
  ],
  trouble: [
    [
      hello,
      welcome,
      ['customer', '{gripe}'],
      sorry,
      ['customer', '(每次都|光|老)(这么说|登记|道歉)(有什么用|)(，到底怎么处理|，能退吗|)(？|。)'],
      ['agent', '(可以|支持)(为您|给您)(申请退换|补偿优惠券|安排检测)，您看(可以吗|行吗)？'],
    ],
    [['customer', '{gripe}'], bot, ['customer', '(转人工|人工|人工客服)(！|)'], welcome, ask, phone, sorry, bye],
    [hello, ['customer', '(买了|用了)(没几天|一阵子)，{gripe}'], sorry, bye],
  ],
  return: [
    [
      hello,
      ['customer', '(我要|想|怎么)(退货|退了|退款)(，|。)({gripe}|)'],
      ['agent', '(方便说下|请问)(原因|是什么问题)(吗|)？'],
      ['customer', '{gripe}'],
      ['agent', '(理解|明白)，(已同意|请在订单页申请|这边通过了)，(上门取件|运费险可赔|收到后退款)(哦|。)'],
      bye,
    ],
  ],
  plainReturn: [
    [
      hello,
      ['customer', '(我要|想|怎么)(退货|退了|退款)(？|。|)'],
      ['agent', '(可以的|支持七天无理由)(亲|)，(请在订单页申请|运费险已投保)(哦|。)'],
      ['customer', '(运费谁出|多久退款|退款几天到)(？|)'],
      ['agent', '(收到货后|仓库签收后)(48小时内|1-3天)(原路退回|到账)(～|。)'],
    ],
  ],
} satisfies Record<string, readonly Script[]>

export type Situation = keyof typeof scripts
