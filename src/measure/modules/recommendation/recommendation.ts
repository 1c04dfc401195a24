import { defineModule, said } from '../define.ts'

const clicks = {
  zh: '网页事件：搜索、商品浏览、加购，带 session',
  en: 'web events with a session: searches, product pages, the cart',
}

export const recommendation = defineModule({
  id: 'recommendation',
  zh: '内容与推荐',
  en: 'Content and recommendation',
  about: {
    zh: '想要的搜得到，看到的合心意，页面说得清楚',
    en: 'What people want is found, what they see fits them, and the page tells what they need to know',
  },
  department: 'product-content',
  touchpoints: ['browse.search', 'browse.detail'],
  kpis: [
    { id: 'search_to_view', by: ['category', 'channel', 'hour'], send: clicks },
    {
      id: 'zero_result_rate',
      by: ['channel', 'weekday', 'hour'],
      send: {
        zh: '事件 searched，并带结果数 props.results',
        en: 'the event searched with props.results, how many products were found',
      },
    },
    {
      id: 'recommended_click_rate',
      by: ['channel', 'category', 'hour'],
      send: {
        zh: '事件 product_list_viewed 与 product_clicked，props.list 为 recommended',
        en: 'the events product_list_viewed and product_clicked with props.list recommended',
      },
    },
    { id: 'view_to_cart', by: ['category', 'product', 'channel', 'hour'], send: clicks },
    { id: 'conversion', by: ['category', 'channel', 'hour'], send: clicks },
    said,
  ],
})
