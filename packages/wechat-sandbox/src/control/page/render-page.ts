import type { ControlDeps } from '../route.ts'
import { appsSection } from './apps-section.ts'
import { callsSection } from './calls-section.ts'
import { codesSection } from './codes-section.ts'
import { type Html, html } from './html.ts'
import { peopleSection } from './people-section.ts'

/** The page of the control plane: people, valid codes, apps, the last calls. */
export function renderPage(deps: ControlDeps): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WeChat on localhost</title>
<link rel="stylesheet" href="/_sandbox/page.css">
<script src="/_sandbox/page.js" defer></script>
</head>
<body>
<header>
<h1><span class="fruit" aria-hidden="true"></span>WeChat on localhost</h1>
<p>Call <code>${deps.wechatUrl}</code> instead of <code>https://api.weixin.qq.com</code>.</p>
<div id="status" role="status"></div>
</header>
<main>
${peopleSection(deps)}
${codesSection(deps)}
${appsSection(deps)}
${callsSection(deps)}
</main>
</body>
</html>
`
}
