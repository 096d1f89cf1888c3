// All engines of the browserslist support these; preset-env compiles them because of rare bugs in old engines. Its
// `bugfixes` option would avoid that, but Taro's preset does not pass the option on.
const exclude = ['transform-destructuring', 'transform-parameters', 'transform-optional-chaining']

module.exports = {
  presets: [
    ['taro', { framework: 'react', ts: true, compiler: 'webpack5', useBuiltIns: false, hot: false, exclude }],
  ],
}
