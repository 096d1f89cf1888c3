import type { WeChatApp } from '../state/apps.ts'
import type { WeChatAccount } from '../state/people.ts'
import type { QuotaName } from '../state/quotas.ts'
import type { WeChatCall } from './call.ts'
import { errcodeError } from './refuse.ts'

/** Uses up one call of a quota; beyond it WeChat answers 45011 (minute) or 45009 (day). */
export function takeQuota(call: WeChatCall, name: QuotaName, app: WeChatApp, person?: WeChatAccount): void {
  if (call.state.quotas.take(name, app, person)) return
  throw errcodeError(call, name.endsWith('/day') ? 45009 : 45011)
}
