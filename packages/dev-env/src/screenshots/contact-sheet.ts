/** A page that shows all pictures, one row for each scene; a picture opens large. */
export function contactSheet(names: readonly string[]): string {
  const scenes = [...new Set(names.map(sceneOf))]
  const rows = scenes.map((scene) => {
    const pictures = names.filter((name) => sceneOf(name) === scene)
    return `<h2>${scene}</h2>\n<div>${pictures.map(picture).join('\n')}</div>`
  })
  return `<!doctype html>
<meta charset="utf-8">
<title>Kinpass: every screen</title>
<style>
  body { font: 14px system-ui; margin: 24px; background: #ddd }
  div { display: flex; gap: 12px; align-items: flex-start; overflow-x: auto }
  img { width: 220px; border-radius: 8px }
</style>
${rows.join('\n')}
`
}

/** `trouble-offline-zh-light-375.png` shows `trouble-offline`. */
const sceneOf = (name: string) => name.replace(/-(zh|en)-(light|dark)-\d+\.png$/, '')

const picture = (name: string) =>
  `<a href="${name}" title="${name}"><img src="${name}" alt="${name}" loading="lazy"></a>`
