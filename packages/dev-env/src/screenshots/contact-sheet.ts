/** Returns an HTML page of all screenshots, one row per scene. A click opens the full size. */
export function contactSheet(fileNames: readonly string[]): string {
  const scenes = [...new Set(fileNames.map(sceneOf))]
  const rows = scenes.map((scene) => {
    const images = fileNames.filter((name) => sceneOf(name) === scene)
    return `<h2>${scene}</h2>\n<div>${images.map(thumbnail).join('\n')}</div>`
  })
  return `<!doctype html>
<meta charset="utf-8">
<title>Kinpass screenshots</title>
<style>
  body { font: 14px system-ui; margin: 24px; background: #ddd }
  div { display: flex; gap: 12px; align-items: flex-start; overflow-x: auto }
  img { width: 220px; border-radius: 8px }
</style>
${rows.join('\n')}
`
}

/** `error-offline-zh-light-375.png` shows `error-offline`. */
const sceneOf = (fileName: string) => fileName.replace(/-(zh|en)-(light|dark)-\d+\.png$/, '')

const thumbnail = (fileName: string) =>
  `<a href="${fileName}" title="${fileName}"><img src="${fileName}" alt="${fileName}" loading="lazy"></a>`
