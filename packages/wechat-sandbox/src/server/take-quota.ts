import type { App } from '../state/apps.ts'
import type { Account } from '../state/people.ts'
import type { QuotaName } from '../state/quotas.ts'
import type { Call } from './call.ts'
import { refuse } from './refuse.ts'

/** Uses up one call of a quota; beyond it WeChat answers 45011 (minute) or 45009 (day). */
export function takeQuota(call: Call, name: QuotaName, app: App, person?: Account): void {
  if (call.world.quotas.take(name, app, person)) return
  throw refuse(call, name.endsWith('/day') ? 45009 : 45011)
}
