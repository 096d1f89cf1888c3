import type { CallRecord } from '../../state/call-log.ts'
import type { ControlDeps } from '../control-call.ts'
import { timeOfDay } from './brief.ts'
import { type Html, html } from './html.ts'

const SHOWN = 30

/** The last calls with their outcome, newest first, and the faults that wait for the next ones. */
export function callsSection({ controls }: ControlDeps): Html {
  const rows = controls.calls.slice(-SHOWN).toReversed().map(row)
  const faults = controls.faults.active.map(
    ({ seed, timesLeft }) =>
      html`<span class="badge bad">${seed.kind} ${seed.endpoint} ${timesLeft && `× ${timesLeft}`}</span>`,
  )
  return html`<section>
<h2>Last calls ${faults.length > 0 ? html`<small>waiting:</small> ${faults}` : undefined}</h2>
${rows.length > 0 ? table(rows) : html`<p class="none">Nobody has called yet.</p>`}
</section>`
}

function row(call: CallRecord): Html {
  return html`<tr>
<td class="mono">${timeOfDay(call.at)}</td>
<td class="wide">${call.method}</td>
<td>${call.endpoint}</td>
<td>${call.person}</td>
<td>${outcome(call)}</td>
<td class="rid wide">${call.rid}</td>
</tr>`
}

function outcome({ errcode, fault, httpStatus }: CallRecord): Html {
  if (fault) return html`<span class="badge worse">${fault}${httpStatus && ` · HTTP ${httpStatus}`}</span>`
  return errcode === 0 ? html`<span class="badge">ok</span>` : html`<span class="badge bad">${errcode}</span>`
}

function table(rows: readonly Html[]): Html {
  return html`<div class="scroll"><table>
<thead><tr>
<th>at (UTC)</th><th class="wide"></th><th>endpoint</th><th>about</th><th>outcome</th><th class="wide">rid</th>
</tr></thead>
<tbody>${rows}</tbody>
</table></div>`
}
