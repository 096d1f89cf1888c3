import { CODE_LIFETIME_MS } from '../../state/codes.ts'
import type { ControlDeps } from '../control-call.ts'
import { minutesAndSeconds, shorten } from './brief.ts'
import { type Html, html } from './html.ts'

const SHOWN = 20

/** The codes that still work, newest first. */
export function codesSection({ state }: ControlDeps): Html {
  const { codes, clock } = state()
  const now = clock.now().getTime()
  const newest = codes.valid().slice(-SHOWN).toReversed()
  const rows = newest.map(
    ({ kind, value, person, issuedAt }) => html`<tr>
<td>${kind}</td>
<td>${person.name}</td>
<td><button class="code${kind === 'phone' ? ' green' : ''}" data-copy="${value}">${shorten(value)}</button></td>
<td>${minutesAndSeconds(issuedAt + CODE_LIFETIME_MS - now)}</td>
</tr>`,
  )
  return html`<section class="half">
<h2>Live codes <small>five minutes, one use</small></h2>
${rows.length > 0 ? table(rows) : html`<p class="none">No code is alive.</p>`}
</section>`
}

function table(rows: readonly Html[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th>for</th><th>whose</th><th>code</th><th>left</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>`
}
