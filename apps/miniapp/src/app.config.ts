export default defineAppConfig({
  pages: ['pages/home/index'],
  // What the first screen does not show comes in a package of its own, fetched while the first screen is read.
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
