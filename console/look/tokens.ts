/** The console's colours, by meaning: one colour says one thing. Everything that is drawn takes its values from here. */
const light = {
  page: '#F6F6FA',
  surface: '#FFFFFF',
  raised: '#FFFFFF',
  sunken: '#F0F0F6',
  hover: '#F4F4F9',
  line: '#E6E6EF',
  lineStrong: '#CBCBDC',
  text: '#17182F',
  text2: '#4C4E70',
  text3: '#65678A',
  textOff: '#A8A9C2',
  primary: '#3F3FB0',
  primaryHover: '#5555C8',
  primaryActive: '#2E2E8C',
  primaryBg: '#EDEDFB',
  primaryBorder: '#C6C6F0',
  onPrimary: '#FFFFFF',
  link: '#3F3FB0',
  gold: '#E3A02B',
  goldText: '#855600',
  goldBg: '#FDF4DF',
  goldBorder: '#F0D596',
  pos: '#1B8FB3',
  posText: '#0B6A88',
  posBg: '#E3F2F8',
  posBorder: '#A9D6E6',
  neg: '#DC5A2B',
  negText: '#B23A12',
  negBg: '#FCECE5',
  negBorder: '#F2BFA9',
  negSolid: '#C2441A',
  neu: '#8385A6',
  neuText: '#5C5E80',
  neuBg: '#EEEEF5',
  neuBorder: '#D4D4E2',
  mix: '#9A5B9E',
  mixText: '#7C3F82',
  mixBg: '#F6EBF6',
  focusRing: 'rgba(63,63,176,.28)',
  scrim: 'rgba(20,21,48,.32)',
  ciBand: 'rgba(63,63,176,.13)',
  ciLine: '#8C8CC9',
  context: '#B9BACF',
  grid: '#ECECF3',
  axis: '#65678A',
  skeleton: '#ECECF3',
}

export type Colours = typeof light

const dark: Colours = {
  page: '#0D0E1C',
  surface: '#15162A',
  raised: '#1D1F38',
  sunken: '#101122',
  hover: '#1B1D35',
  line: '#272945',
  lineStrong: '#3D4066',
  text: '#ECECF7',
  text2: '#B4B6D3',
  text3: '#8E91B3',
  textOff: '#565979',
  primary: '#5E5FD8',
  primaryHover: '#7273E6',
  primaryActive: '#4C4DBE',
  primaryBg: '#23254B',
  primaryBorder: '#3E4080',
  onPrimary: '#FFFFFF',
  link: '#A3A4F8',
  gold: '#F0BA55',
  goldText: '#F2C46C',
  goldBg: '#30271C',
  goldBorder: '#5C4A22',
  pos: '#43B3D3',
  posText: '#6CCBE6',
  posBg: '#12303D',
  posBorder: '#215468',
  neg: '#F07A4C',
  negText: '#FF9A73',
  negBg: '#3A2019',
  negBorder: '#6E3725',
  negSolid: '#C94B20',
  neu: '#8183A5',
  neuText: '#A9ABCA',
  neuBg: '#23253F',
  neuBorder: '#3A3D5E',
  mix: '#C08AC4',
  mixText: '#D9A8DC',
  mixBg: '#33213A',
  focusRing: 'rgba(141,142,245,.38)',
  scrim: 'rgba(4,5,14,.6)',
  ciBand: 'rgba(141,142,245,.18)',
  ciLine: '#7778C9',
  context: '#565979',
  grid: '#22243D',
  axis: '#8E91B3',
  skeleton: '#22243D',
}

const chartLight = {
  focus: '#4B4BC4',
  cat: ['#4B4BC4', '#C88A1C', '#2B8C8C', '#A0528F', '#6B7A99', '#7A9A2E'],
  seqNeg: ['#FCECE5', '#F9D3C3', '#F3B096', '#EA8760', '#DC5A2B', '#B23A12'],
  seqIndigo: ['#EDEDFB', '#D3D3F4', '#ACACE6', '#8080D4', '#5555C0', '#33338F'],
  div: ['#B23A12', '#E58A63', '#F6CDBB', '#ECECF3', '#BFDFEB', '#5FB0CB', '#0B6A88'],
}
export type ChartColours = typeof chartLight
const chartDark: ChartColours = {
  focus: '#8D8EF5',
  cat: ['#8D8EF5', '#E2AE4E', '#57BDB8', '#CF8FC4', '#8C9BBB', '#A9C35C'],
  seqNeg: ['#2A1D20', '#4C281F', '#7A3922', '#AB4D28', '#E06E40', '#FF9A73'],
  seqIndigo: ['#1E2040', '#2F315F', '#444788', '#5E60B4', '#8082E0', '#B1B2FB'],
  div: ['#FF9A73', '#C9623A', '#5E3328', '#272945', '#1D4757', '#2F8BA8', '#6CCBE6'],
}

/** What floats casts a shadow; in the dark it carries a ring instead. The sidebar is night in both themes. */
const depthLight = {
  float: '0 4px 16px -2px rgba(23,24,47,.12)',
  overlay: '0 16px 48px -8px rgba(23,24,47,.22)',
  sidebar:
    'radial-gradient(120% 260px at 30% 104%, rgba(240,170,80,.34), rgba(214,98,92,.16) 42%, transparent 74%), linear-gradient(#14153A, #1E1F55 62%, #2C2964)',
}
const depthDark: typeof depthLight = {
  float: '0 6px 20px rgba(0,0,0,.45), 0 0 0 1px #3D4066',
  overlay: '0 18px 50px rgba(0,0,0,.6), 0 0 0 1px #3D4066',
  sidebar:
    'radial-gradient(120% 240px at 30% 104%, rgba(240,170,80,.2), rgba(214,98,92,.09) 42%, transparent 74%), linear-gradient(#090A17, #0E0F24 62%, #17163A)',
}

export type ThemeName = 'light' | 'dark'
export const colours: Record<ThemeName, Colours> = { light, dark }
export const chartColours: Record<ThemeName, ChartColours> = { light: chartLight, dark: chartDark }
export const depth: Record<ThemeName, typeof depthLight> = { light: depthLight, dark: depthDark }

const chinese =
  '"PingFang SC","HarmonyOS Sans SC","MiSans","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif'
/** In Chinese pages Inter draws letters and digits only, so that “ ” … — come from the Chinese face. */
export const fonts = { zh: `"Inter Zh",${chinese}`, en: `"Inter En",${chinese}` }
