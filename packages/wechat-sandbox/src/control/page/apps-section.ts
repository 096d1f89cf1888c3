import type { AppConsole } from '../../sandbox/app-console.ts'
import type { ControlDeps } from '../route.ts'
import { minutesAndSeconds, shorten, timeOfDay } from './format.ts'
import { type Html, html } from './html.ts'

/** Each app with its charges and valid access tokens. */
export function appsSection({ controls, state }: ControlDeps): Html {
  const { apps, clock } = state()
  const blocks = apps.all.map((app) => appBlock(controls.console(app.appId), app.secretFrozen, clock.now()))
  return html`<section class="half">${blocks}</section>`
}

function appBlock({ appId, secret, charges, tokens }: AppConsole, isFrozen: boolean, now: Date): Html {
  const rows = tokens.map(
    ({ kind, value, expiresAt }) => html`<tr>
<td>${kind}</td>
<td><button class="code" data-copy="${value}">${shorten(value)}</button></td>
<td>${minutesAndSeconds(expiresAt - now.getTime())}</td>
</tr>`,
  )
  return html`<h2>${appId} ${isFrozen ? FROZEN : undefined}
<small><button class="code" data-copy="${secret}">copy the secret</button></small></h2>
<dl class="figures">
<div><dt>phone taps</dt><dd>${charges.phoneTaps}</dd></div>
<div><dt>price of the taps</dt><dd>¥${charges.cny.toFixed(2)}</dd></div>
<div><dt>sandbox time (UTC)</dt><dd>${timeOfDay(now)}</dd></div>
</dl>
${rows.length > 0 ? table(rows) : html`<p class="empty">No access token is valid.</p>`}`
}

const FROZEN = html`<span class="badge alarm">secret frozen</span>`

function table(rows: readonly Html[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th>token</th><th></th><th>expires in</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>`
}
