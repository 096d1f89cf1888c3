// The webpack loader of `prune-taro-plugin.ts`. An edit that changes nothing fails the build: Taro has changed, and the
// edit must be adapted.

const edits = [
  {
    // webpack tree-shakes a property access on `require()`; destructuring keeps the whole module.
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
    // The table above is complete: merging more components at runtime would renumber it.
    file: /@tarojs[\\/]plugin-platform-weapp[\\/]dist[\\/]runtime\.js$/,
    from: /^mergeInternalComponents\(components\);/m,
    to: () => '',
  },
]

const applied = new Set()

module.exports = function pruneTaro(source) {
  const edit = edits.find(({ file }) => file.test(this.resourcePath))
  if (edit === undefined) return source
  const components = this.getOptions().components()
  if (!('View' in components))
    throw new Error("Taro's table of components is empty: check onSetupClose in config/prune-taro-plugin.ts.")
  const pruned = source.replace(edit.from, () => edit.to(components))
  if (pruned === source)
    throw new Error(
      `${this.resourcePath} does not contain the expected text: adapt its edit in config/prune-taro-loader.cjs.`,
    )
  applied.add(edit)
  return pruned
}

/** Throws when an edit was not applied because its file is not in the bundle. */
module.exports.assertAllApplied = () => {
  const missed = edits.filter((edit) => !applied.has(edit)).map(({ file }) => file)
  if (missed.length > 0)
    throw new Error(`Not in the bundle: ${missed.join(', ')}. Adapt config/prune-taro-loader.cjs.`)
}
