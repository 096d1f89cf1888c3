// Every engine of the browserslist has these; preset-env rewrites them for the sake of rare bugs in old ones,
// which `bugfixes` would narrow down, but Taro's preset does not pass that on.
const exclude = ['transform-destructuring', 'transform-parameters', 'transform-optional-chaining']

module.exports = {
  presets: [
    ['taro', { framework: 'react', ts: true, compiler: 'webpack5', useBuiltIns: false, hot: false, exclude }],
  ],
}
