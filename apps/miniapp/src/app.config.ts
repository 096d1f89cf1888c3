export default defineAppConfig({
  pages: ['pages/home/index', 'pages/me/index'],
  window: {
    navigationStyle: 'default',
    navigationBarTitleText: '家属通',
    navigationBarBackgroundColor: '@navBackground',
    navigationBarTextStyle: '@navText',
    backgroundColor: '@background',
    backgroundTextStyle: '@pullText',
  },
  darkmode: true,
  themeLocation: 'theme.json',
  lazyCodeLoading: 'requiredComponents',
  __usePrivacyCheck__: true,
})
