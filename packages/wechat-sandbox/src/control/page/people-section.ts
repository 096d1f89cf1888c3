import type { Person } from '../../sandbox/person.ts'
import type { WeChatAccount } from '../../state/people.ts'
import type { ControlDeps } from '../route.ts'
import { type Html, html } from './html.ts'

/** One card per person, with a button for each of the person's actions. */
export function peopleSection({ controls, state }: ControlDeps): Html {
  const cards = controls.people.map((person) => card(person, state().people.get(person.name)))
  return html`<section>
<h2>People <small>a click creates a code and copies it</small></h2>
<div class="people">${cards}</div>
</section>`
}

function card(person: Person, { nickName, blocked }: WeChatAccount): Html {
  const { name } = person
  const path = `/_sandbox/people/${encodeURIComponent(name)}`
  const taps = person.phones.map(
    ({ e164 }) => html`<button class="green" data-key="${name} ${e164}"
data-post="${path}/phone-code" data-body="${JSON.stringify({ phone: e164 })}">allow ${e164}</button>`,
  )
  return html`<article class="person">
<h3>${name} <span>${nickName === name ? '' : nickName}</span>${blocked ? BLOCKED : undefined}</h3>
<p class="id mono">${person.openId}</p>
<div class="taps">
<button data-key="${name} login" data-post="${path}/login-code">wx.login</button>
${taps}
<button class="plain" data-key="${name} block" data-method="PATCH"
data-post="${path}" data-body="${JSON.stringify({ blocked: !blocked })}">${blocked ? 'unblock' : 'block'}</button>
</div>
</article>`
}

const BLOCKED = html`<span class="badge alarm">blocked</span>`
