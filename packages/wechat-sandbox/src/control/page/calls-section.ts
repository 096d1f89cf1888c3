import type { CallRecord } from '../../state/call-log.ts'
import type { ControlDeps } from '../route.ts'
import { timeOfDay } from './format.ts'
import { type Html, html } from './html.ts'

const MAX_ROWS = 30

/** The last calls with their outcome, newest first, and the active faults. */
export function callsSection({ controls }: ControlDeps): Html {
  const rows = controls.calls.slice(-MAX_ROWS).toReversed().map(row)
  const faults = controls.faults.active.map(
    ({ seed, timesLeft }) =>
      html`<span class="badge error">${seed.kind} ${seed.endpoint} ${timesLeft && `× ${timesLeft}`}</span>`,
  )
  return html`<section>
<h2>Last calls ${faults.length > 0 ? html`<small>active faults:</small> ${faults}` : undefined}</h2>
${rows.length > 0 ? table(rows) : html`<p class="empty">No calls yet.</p>`}
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
  if (fault) return html`<span class="badge alarm">${fault}${httpStatus && ` · HTTP ${httpStatus}`}</span>`
  return errcode === 0
    ? html`<span class="badge">ok</span>`
    : html`<span class="badge error">${errcode}</span>`
}

function table(rows: readonly Html[]): Html {
  return html`<div class="scroll"><table>
<thead><tr>
<th>time (UTC)</th><th class="wide"></th><th>endpoint</th><th>person</th><th>outcome</th><th class="wide">rid</th>
</tr></thead>
<tbody>${rows}</tbody>
</table></div>`
}
