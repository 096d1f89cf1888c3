import { CODE_LIFETIME_MS } from '../../state/codes.ts'
import type { ControlDeps } from '../route.ts'
import { minutesAndSeconds, shorten } from './format.ts'
import { type Html, html } from './html.ts'

const MAX_ROWS = 20

/** The valid codes, newest first. */
export function codesSection({ state }: ControlDeps): Html {
  const { codes, clock } = state()
  const now = clock.now().getTime()
  const newest = codes.valid().slice(-MAX_ROWS).toReversed()
  const rows = newest.map(
    ({ kind, value, person, issuedAt }) => html`<tr>
<td>${kind}</td>
<td>${person.name}</td>
<td><button class="code${kind === 'phone' ? ' green' : ''}" data-copy="${value}">${shorten(value)}</button></td>
<td>${minutesAndSeconds(issuedAt + CODE_LIFETIME_MS - now)}</td>
</tr>`,
  )
  return html`<section class="half">
<h2>Valid codes <small>five minutes, one use</small></h2>
${rows.length > 0 ? table(rows) : html`<p class="empty">No code is valid.</p>`}
</section>`
}

function table(rows: readonly Html[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th>kind</th><th>person</th><th>code</th><th>expires in</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>`
}
