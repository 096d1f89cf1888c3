// The webpack loader of `prune-taro-plugin.ts`. An edit that finds nothing to change fails the build: Taro has changed
// then, and the edit must be looked at.

const edits = [
  {
    // The bundler follows a property of `require`; for a destructured one it keeps the whole module.
    file: /@tarojs[\\/]taro[\\/]index\.js$/,
    from: "const { hooks } = require('@tarojs/runtime')",
    to: () => "const hooks = require('@tarojs/runtime').hooks",
  },
  {
    file: /@tarojs[\\/]shared[\\/]dist[\\/]components\.js$/,
    from: /const internalComponents = \{[\s\S]*?\n\};/,
    to: (components) => `const internalComponents = ${JSON.stringify(components)};`,
  },
  {
    // The table above is whole: nothing is merged into it as the app starts.
    file: /@tarojs[\\/]plugin-platform-weapp[\\/]dist[\\/]runtime\.js$/,
    from: /^mergeInternalComponents\(components\);/m,
    to: () => '',
  },
]

const edited = new Set()

module.exports = function leaveOut(source) {
  const edit = edits.find(({ file }) => file.test(this.resourcePath))
  if (edit === undefined) return source
  const components = this.getOptions().components()
  if (!('View' in components)) throw new Error('Taro has shown its table of components to nobody.')
  const lighter = source.replace(edit.from, () => edit.to(components))
  if (lighter === source) throw new Error(`${this.resourcePath} is not as expected: look at its edit.`)
  edited.add(edit)
  return lighter
}

/** Fails where a file never came by: Taro ships it elsewhere then. */
module.exports.checkAll = () => {
  const missed = edits.filter((edit) => !edited.has(edit)).map(({ file }) => file)
  if (missed.length > 0) throw new Error(`Nothing was left out of ${missed.join(', ')}.`)
}
