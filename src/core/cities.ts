import type { Words } from './words.ts'

const written = `北京 Beijing, 上海 Shanghai, 天津 Tianjin, 重庆 Chongqing, 广州 Guangzhou, 深圳 Shenzhen, 珠海 Zhuhai, 汕头 Shantou,
  佛山 Foshan, 江门 Jiangmen, 湛江 Zhanjiang, 惠州 Huizhou, 东莞 Dongguan, 中山 Zhongshan, 成都 Chengdu, 绵阳 Mianyang, 杭州 Hangzhou,
  宁波 Ningbo, 温州 Wenzhou, 嘉兴 Jiaxing, 湖州 Huzhou, 绍兴 Shaoxing, 金华 Jinhua, 义乌 Yiwu, 舟山 Zhoushan, 台州 Taizhou, 南京 Nanjing,
  苏州 Suzhou, 无锡 Wuxi, 常州 Changzhou, 南通 Nantong, 徐州 Xuzhou, 扬州 Yangzhou, 镇江 Zhenjiang, 盐城 Yancheng, 淮安 Huai’an,
  连云港 Lianyungang, 昆山 Kunshan, 武汉 Wuhan, 宜昌 Yichang, 襄阳 Xiangyang, 荆州 Jingzhou, 西安 Xi’an, 咸阳 Xianyang, 宝鸡 Baoji,
  郑州 Zhengzhou, 洛阳 Luoyang, 开封 Kaifeng, 新乡 Xinxiang, 南阳 Nanyang, 长沙 Changsha, 株洲 Zhuzhou, 湘潭 Xiangtan, 衡阳 Hengyang,
  岳阳 Yueyang, 常德 Changde, 合肥 Hefei, 芜湖 Wuhu, 蚌埠 Bengbu, 安庆 Anqing, 黄山 Huangshan, 福州 Fuzhou, 厦门 Xiamen, 泉州 Quanzhou,
  漳州 Zhangzhou, 莆田 Putian, 济南 Jinan, 青岛 Qingdao, 烟台 Yantai, 潍坊 Weifang, 淄博 Zibo, 临沂 Linyi, 威海 Weihai, 济宁 Jining,
  泰安 Tai’an, 日照 Rizhao, 石家庄 Shijiazhuang, 唐山 Tangshan, 保定 Baoding, 邯郸 Handan, 廊坊 Langfang, 秦皇岛 Qinhuangdao, 沧州 Cangzhou,
  太原 Taiyuan, 大同 Datong, 沈阳 Shenyang, 大连 Dalian, 鞍山 Anshan, 长春 Changchun, 哈尔滨 Harbin, 大庆 Daqing, 齐齐哈尔 Qiqihar,
  呼和浩特 Hohhot, 包头 Baotou, 鄂尔多斯 Ordos, 南昌 Nanchang, 九江 Jiujiang, 赣州 Ganzhou, 南宁 Nanning, 柳州 Liuzhou, 桂林 Guilin,
  北海 Beihai, 海口 Haikou, 三亚 Sanya, 昆明 Kunming, 大理 Dali, 丽江 Lijiang, 贵阳 Guiyang, 遵义 Zunyi, 兰州 Lanzhou, 银川 Yinchuan,
  西宁 Xining, 乌鲁木齐 Ürümqi, 拉萨 Lhasa, 香港 Hong Kong, 澳门 Macau, 台北 Taipei, 高雄 Kaohsiung, 台中 Taichung`

const english = new Map(
  written.split(',').map((pair) => {
    const [zh = '', ...en] = pair.trim().split(' ')
    return [zh, en.join(' ')]
  }),
)

/** A city as records write it, and in pinyin where it is one of the larger ones of China; others are shown as they are written. */
export const cityWords = (city: string): Words => ({ zh: city, en: english.get(city.replace(/市$/, '')) ?? city })
