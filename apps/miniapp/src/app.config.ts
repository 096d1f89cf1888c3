export default defineAppConfig({
  pages: ['pages/home/index'],
  // A sub-package keeps these pages out of the main package; WeChat preloads it from the home page.
  subPackages: [{ root: 'pages/me', pages: ['index', 'devices/index', 'about/index'] }],
  preloadRule: { 'pages/home/index': { network: 'all', packages: ['pages/me'] } },
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
