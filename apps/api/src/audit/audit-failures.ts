import { type Call, Failure } from '@kinpass/contracts'
import { WeChatApiError } from '@kinpass/wechat'
import type { ReadClientInfo } from '../request/client-info.ts'
import type { AuditLog } from './audit-log.ts'
import { AuditSubject } from './audit-subject.ts'

/** Runs `next`, records a `Failure` in the audit log, and rethrows it. */
export type AuditFailures = <Result>(
  call: Pick<Call, 'path' | 'ctx'>,
  next: () => Promise<Result>,
) => Promise<Result>

export function createAuditFailures(deps: {
  audit: Pick<AuditLog, 'record'>
  readClientInfo: ReadClientInfo
  clock: () => Date
  /** Called when the event could not be written. The caller still receives the original failure. */
  onWriteError: (error: unknown) => void
}): AuditFailures {
  const { audit, readClientInfo, clock, onWriteError } = deps

  return async (call, next) => {
    try {
      return await next()
    } catch (error) {
      if (error instanceof Failure) await record(call, error).catch(onWriteError)
      throw error
    }
  }

  async function record({ path, ctx }: Pick<Call, 'path' | 'ctx'>, { code, cause }: Failure): Promise<void> {
    const { addressHash, requestId } = readClientInfo(ctx)
    await audit.record({
      kind: 'refusal',
      at: clock(),
      procedure: path,
      failure: code,
      ...(cause instanceof WeChatApiError && cause.rid !== undefined && { rid: cause.rid }),
      ...(cause instanceof AuditSubject && subjectFields(cause)),
      addressHash,
      requestId,
    })
  }
}

function subjectFields({ memberId, sessionId }: AuditSubject) {
  return { memberId, ...(sessionId !== undefined && { sessionId }) }
}
