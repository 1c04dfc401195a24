import { type ThemeConfig, theme } from 'antd'
import { colours, depth, type ThemeName } from './tokens.ts'

const seeds = ['colorPrimary', 'colorInfo', 'colorSuccess', 'colorWarning', 'colorError', 'colorLink'] as const
type Algorithm = typeof theme.darkAlgorithm

/** The dark algorithm dulls the seed colours; this puts the designed ones back. */
const keepSeeds: Algorithm = (seed, map) => ({
  ...map!,
  ...Object.fromEntries(seeds.map((key) => [key, seed[key as keyof typeof seed]])),
})

function token(name: ThemeName): ThemeConfig['token'] {
  const c = colours[name]
  const dark = name === 'dark'
  return {
    colorPrimary: c.primary,
    colorPrimaryHover: c.primaryHover,
    colorPrimaryActive: c.primaryActive,
    colorPrimaryBg: c.primaryBg,
    colorPrimaryBorder: c.primaryBorder,
    colorPrimaryText: c.link,
    colorInfo: c.primary,
    colorSuccess: dark ? c.pos : c.posText,
    colorSuccessText: c.posText,
    colorSuccessBg: c.posBg,
    colorSuccessBorder: c.posBorder,
    colorWarning: dark ? c.gold : '#9A6400',
    colorWarningText: c.goldText,
    colorWarningBg: c.goldBg,
    colorWarningBorder: c.goldBorder,
    colorError: dark ? c.neg : c.negSolid,
    colorErrorText: c.negText,
    colorErrorBg: c.negBg,
    colorErrorBorder: c.negBorder,
    colorLink: c.link,
    colorLinkHover: c.primaryHover,
    colorLinkActive: c.primaryActive,
    colorText: c.text,
    colorTextSecondary: c.text2,
    colorTextTertiary: c.text3,
    colorTextQuaternary: c.textOff,
    colorTextPlaceholder: c.text3,
    colorTextDescription: c.text3,
    colorTextHeading: c.text,
    colorBgLayout: c.page,
    colorBgContainer: c.surface,
    colorBgElevated: c.raised,
    colorBgSpotlight: dark ? '#2B2E52' : '#20224A',
    colorBgMask: c.scrim,
    colorFillTertiary: c.sunken,
    colorFillQuaternary: c.hover,
    colorBorder: c.lineStrong,
    colorBorderSecondary: c.line,
    colorSplit: c.line,
    controlItemBgHover: c.hover,
    controlItemBgActive: c.primaryBg,
    controlItemBgActiveHover: c.primaryBg,
    controlOutline: c.focusRing,
    controlOutlineWidth: 3,
    fontFamily: 'var(--font)',
    fontSize: 14,
    fontSizeSM: 12,
    fontSizeLG: 16,
    fontSizeXL: 20,
    lineHeight: 1.5715,
    fontWeightStrong: 600,
    borderRadius: 6,
    borderRadiusXS: 3,
    borderRadiusSM: 4,
    borderRadiusLG: 10,
    controlHeight: 32,
    controlHeightSM: 28,
    controlHeightLG: 40,
    padding: 16,
    paddingLG: 20,
    motionDurationFast: '0.1s',
    motionDurationMid: '0.16s',
    motionDurationSlow: '0.24s',
    motionEaseInOut: 'cubic-bezier(.2,0,0,1)',
    // Nothing moves for those who asked for it; no rule of ours may do it, since popups measure themselves.
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    boxShadow: depth[name].overlay,
    boxShadowSecondary: depth[name].float,
  }
}

function components(name: ThemeName): ThemeConfig['components'] {
  const c = colours[name]
  return {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', paddingInline: 12 },
    Table: {
      headerBg: 'transparent',
      headerColor: c.text3,
      headerSplitColor: 'transparent',
      rowHoverBg: c.hover,
      borderColor: c.line,
      cellFontSize: 13,
      cellPaddingBlock: 8,
      cellPaddingInline: 12,
    },
    Tabs: { horizontalItemGutter: 20, horizontalItemPadding: '8px 0', itemColor: c.text2, itemSelectedColor: c.link },
    Segmented: { trackBg: c.sunken, itemColor: c.text2, itemSelectedBg: c.raised, itemSelectedColor: c.text },
    Drawer: { footerPaddingBlock: 16, footerPaddingInline: 20 },
    Radio: { colorPrimary: c.link },
    Select: { optionSelectedBg: c.primaryBg, optionActiveBg: c.hover },
    Tooltip: { fontSize: 13 },
  }
}

export function antdTheme(name: ThemeName): ThemeConfig {
  return {
    token: token(name),
    components: components(name),
    cssVar: { key: `daystar-${name}` },
    hashed: false,
    algorithm: name === 'dark' ? [theme.darkAlgorithm, keepSeeds] : theme.defaultAlgorithm,
  }
}
