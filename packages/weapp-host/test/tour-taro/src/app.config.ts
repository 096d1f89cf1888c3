export default defineAppConfig({
  pages: ['pages/home/index', 'pages/form/index', 'pages/runtime/index', 'pages/mine/index'],
  subPackages: [{ root: 'album', pages: ['pages/index/index'] }],
  tabBar: {
    list: [
      { pagePath: 'pages/home/index', text: 'Home' },
      { pagePath: 'pages/mine/index', text: 'Mine' },
    ],
  },
  window: { navigationBarTitleText: 'Tour' },
  lazyCodeLoading: 'requiredComponents',
})
