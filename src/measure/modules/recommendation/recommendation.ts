import { needs } from '../../indicators/needs.ts'
import { defineModule, praise } from '../define.ts'

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
    { id: 'search_to_view', by: ['category', 'channel', 'hour'], send: needs.search_to_view },
    {
      id: 'zero_result_rate',
      by: ['channel', 'weekday', 'hour'],
      send: needs.zero_result_rate,
    },
    {
      id: 'recommended_click_rate',
      by: ['channel', 'category', 'hour'],
      send: needs.recommended_click_rate,
    },
    { id: 'view_to_cart', by: ['category', 'product', 'channel', 'hour'], send: needs.view_to_cart },
    { id: 'conversion', by: ['category', 'channel', 'hour'], send: needs.conversion },
    praise,
  ],
})
