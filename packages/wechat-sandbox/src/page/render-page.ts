import type { Controls } from '../control/control-call.ts'
import type { CallRecord } from '../state/call-log.ts'
import { CODE_LIFETIME_MS } from '../state/codes.ts'
import { type Html, html } from './html.ts'

const CALLS_SHOWN = 30
const CODES_SHOWN = 20

/** The page of the control plane: people, live codes, tokens, the last calls. */
export function renderPage(controls: Controls): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WeChat sandbox</title>
<link rel="stylesheet" href="/_sandbox/page.css">
<script src="/_sandbox/page.js" defer></script>
</head>
<body>
<header>
<h1><span class="fruit" aria-hidden="true"></span>WeChat on localhost</h1>
<p>Call <code>${controls.wechatUrl}</code> instead of <code>https://api.weixin.qq.com</code>.</p>
<div id="said" role="status"></div>
</header>
<main>
${people(controls)}
${codes(controls)}
${apps(controls)}
${calls(controls)}
</main>
</body>
</html>
`
}

function people({ steerable, world }: Controls): Html {
  const cards = steerable.people.map((person) => {
    const { nickName, blocked } = world().people.pick(person.name)
    const at = `/_sandbox/people/${encodeURIComponent(person.name)}`
    const taps = person.phones.map(
      ({ e164 }) =>
        html`<button class="green" data-key="${person.name} ${e164}" data-post="${at}/phone-code" data-body="${JSON.stringify({ phone: e164 })}">allow ${e164}</button>`,
    )
    return html`<article class="person">
<h3>${person.name} <span>${nickName === person.name ? '' : nickName}</span>${blocked ? html`<span class="badge worse">blocked</span>` : undefined}</h3>
<p class="id mono">${person.openId}</p>
<div class="taps">
<button data-key="${person.name} login" data-post="${at}/login-code">wx.login</button>
${taps}
<button class="plain" data-key="${person.name} block" data-method="PATCH" data-post="${at}" data-body="${JSON.stringify({ blocked: !blocked })}">${blocked ? 'unblock' : 'block'}</button>
</div>
</article>`
  })
  return html`<section><h2>People <small>a tap makes a code and copies it</small></h2><div class="people">${cards}</div></section>`
}

function codes({ world }: Controls): Html {
  const { codes: store, clock } = world()
  const now = clock.now().getTime()
  const rows = store
    .live()
    .slice(-CODES_SHOWN)
    .toReversed()
    .map(
      ({ kind, value, person, issuedAt }) =>
        html`<tr><td>${kind}</td><td>${person.name}</td><td><button class="code${kind === 'phone' ? ' green' : ''}" data-copy="${value}" title="copy">${shorten(value)}</button></td><td>${minutes(issuedAt + CODE_LIFETIME_MS - now)}</td></tr>`,
    )
  const table = html`<div class="scroll"><table><thead><tr><th>for</th><th>whose</th><th>code</th><th>left</th></tr></thead><tbody>${rows}</tbody></table></div>`
  const none = html`<p class="none">No code is alive. Codes work once, for five minutes.</p>`
  return html`<section class="half"><h2>Live codes <small>five minutes, one use</small></h2>${rows.length > 0 ? table : none}</section>`
}

function apps({ steerable, world }: Controls): Html {
  const { apps: store, clock } = world()
  const now = clock.now()
  const blocks = store.all.map(({ appId, secret, secretFrozen }) => {
    const { charges, tokens } = steerable.console(appId)
    const rows = tokens.map(
      ({ kind, value, expiresAt }) =>
        html`<tr><td>${kind}</td><td><button class="code" data-copy="${value}" title="copy">${shorten(value)}</button></td><td>${minutes(expiresAt - now.getTime())}</td></tr>`,
    )
    const table = html`<div class="scroll"><table><thead><tr><th>token</th><th></th><th>left</th></tr></thead><tbody>${rows}</tbody></table></div>`
    return html`<h2>${appId}${secretFrozen ? html`<span class="badge worse">secret frozen</span>` : undefined} <small><button class="code" data-copy="${secret}">copy the secret</button></small></h2>
<dl class="figures">
<div><dt>phone taps</dt><dd>${charges.phoneTaps}</dd></div>
<div><dt>they would have cost</dt><dd>¥${charges.cny.toFixed(2)}</dd></div>
<div><dt>time in here</dt><dd>${now.toISOString().slice(11, 19)}</dd></div>
</dl>
${rows.length > 0 ? table : html`<p class="none">No access token is alive.</p>`}`
  })
  return html`<section class="half">${blocks}</section>`
}

function calls({ steerable }: Controls): Html {
  const rows = steerable.calls
    .slice(-CALLS_SHOWN)
    .toReversed()
    .map(
      (call) =>
        html`<tr><td class="mono">${call.at.toISOString().slice(11, 19)}</td><td class="wide">${call.method}</td><td>${call.endpoint}</td><td>${call.person ?? ''}</td><td>${outcome(call)}</td><td class="rid wide">${call.rid}</td></tr>`,
    )
  const table = html`<div class="scroll"><table><thead><tr><th>at (UTC)</th><th class="wide"></th><th>endpoint</th><th>about</th><th>outcome</th><th class="wide">rid</th></tr></thead><tbody>${rows}</tbody></table></div>`
  const { active } = steerable.faults
  const faults = active.map(
    ({ seed, timesLeft }) =>
      html`<span class="badge bad">${seed.kind} ${seed.endpoint ?? ''} ${timesLeft ?? ''}</span>`,
  )
  return html`<section><h2>Last calls ${faults.length > 0 ? html`<small>waiting:</small> ${faults}` : undefined}</h2>${rows.length > 0 ? table : html`<p class="none">Nobody has called yet.</p>`}</section>`
}

function outcome({ errcode, fault, httpStatus }: CallRecord): Html {
  if (fault)
    return html`<span class="badge worse">${fault}${httpStatus ? ` · HTTP ${httpStatus}` : ''}</span>`
  return errcode === 0 ? html`<span class="badge">ok</span>` : html`<span class="badge bad">${errcode}</span>`
}

function shorten(value: string): string {
  return `${value.slice(0, 14)}…${value.slice(-6)}`
}

function minutes(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
