import type { IndicatorWords } from './words.ts'

export const enIndicators: IndicatorWords = {
  indicators: {
    title: 'Indicators',
    comma: ', ',
    leadNone: 'Against the {{days}} days before, all changes of {{n}} indicators are within chance',
    leadSome: 'Against the {{days}} days before, {{sure}} of {{n}} changes are more than chance: {{names}}',
    leadNoBefore: '{{n}} indicators have data; there is no earlier period to compare with yet',
    leadEmpty: 'No indicator has data in this period',
    emptyHelp:
      'Indicators are computed from voices, surveys, orders and events. Choose other days, or see whether the sources still send.',
    leadHelp: 'Each with its 95% interval and n; open one for its run, its groups and the records behind it.',
    show: 'Show',
    all: 'All',
    changed: 'More than chance',
    withData: 'With data',
    noneChanged: 'No change is more than chance',
    noneChangedHelp: 'Without “More than chance” there are {{n}}.',
    seeAll: 'See all {{n}}',
    nameHead: 'Indicator',
    valueHead: 'Value',
    intervalHead: '95% interval and n',
    trendHead: 'Run',
    changeHead: 'Against before',
    group: {
      voice: 'Voice and experience',
      service: 'Service',
      order: 'Orders and fulfilment',
      money: 'Money and loyalty',
      custom: 'Your own',
    },
    nothingYet: 'No data yet',
  },
}
