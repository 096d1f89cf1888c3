import type { WeChatApp } from '../state/apps.ts'
import type { WeChatAccount } from '../state/people.ts'
import type { QuotaName } from '../state/quotas.ts'
import type { WeChatCall } from './call.ts'
import { errcodeError } from './errcode-error.ts'

/** Counts one call against a quota. Throws 45011 (minute) or 45009 (day) when it is used up. */
export function takeQuota(
  call: WeChatCall,
  name: QuotaName,
  { app, person }: { app: WeChatApp; person?: WeChatAccount },
): void {
  if (call.state.quotas.take(name, app, person)) return
  throw errcodeError(call, name.endsWith('/day') ? 45009 : 45011)
}
