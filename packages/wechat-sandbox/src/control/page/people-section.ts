import type { Person } from '../../sandbox/person.ts'
import type { WeChatAccount } from '../../state/people.ts'
import type { ControlDeps } from '../control-call.ts'
import { type Html, html } from './html.ts'

/** A card per person, with a button for each thing that they can tap. */
export function peopleSection({ controls, state }: ControlDeps): Html {
  const cards = controls.people.map((person) => card(person, state().people.get(person.name)))
  return html`<section>
<h2>People <small>a tap makes a code and copies it</small></h2>
<div class="people">${cards}</div>
</section>`
}

function card(person: Person, { nickName, blocked }: WeChatAccount): Html {
  const { name } = person
  const at = `/_sandbox/people/${encodeURIComponent(name)}`
  const taps = person.phones.map(
    ({ e164 }) => html`<button class="green" data-key="${name} ${e164}"
data-post="${at}/phone-code" data-body="${JSON.stringify({ phone: e164 })}">allow ${e164}</button>`,
  )
  return html`<article class="person">
<h3>${name} <span>${nickName === name ? '' : nickName}</span>${blocked ? BLOCKED : undefined}</h3>
<p class="id mono">${person.openId}</p>
<div class="taps">
<button data-key="${name} login" data-post="${at}/login-code">wx.login</button>
${taps}
<button class="plain" data-key="${name} block" data-method="PATCH"
data-post="${at}" data-body="${JSON.stringify({ blocked: !blocked })}">${blocked ? 'unblock' : 'block'}</button>
</div>
</article>`
}

const BLOCKED = html`<span class="badge worse">blocked</span>`
