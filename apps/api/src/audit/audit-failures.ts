import { Failure, type RequestContext } from '@kinpass/contracts'
import { WeChatApiError } from '@kinpass/wechat'
import type { IdentifyCaller } from '../request/client-info.ts'
import type { AuditLog } from './audit-log.ts'
import { Refused } from './audit-subject.ts'

/** Writes down every `Failure` of a deed, and passes it on. */
export type AuditRefusals = <Input, Output>(
  procedure: string,
  deed: (input: Input, context: RequestContext) => Promise<Output>,
) => (input: Input, context: RequestContext) => Promise<Output>

export function createAuditRefusals(parts: {
  audit: AuditLog
  identifyCaller: IdentifyCaller
  clock: () => Date
  /** Hears when a refusal could not be written down; the caller is refused all the same. */
  onLost: (error: unknown) => void
}): AuditRefusals {
  const { audit, identifyCaller, clock, onLost } = parts

  return (procedure, deed) => async (input, context) => {
    try {
      return await deed(input, context)
    } catch (error) {
      if (error instanceof Failure) await record(procedure, error, context).catch(onLost)
      throw error
    }
  }

  async function record(procedure: string, { code, cause }: Failure, context: RequestContext): Promise<void> {
    const { addressHash, requestId } = identifyCaller(context)
    await audit.record({
      kind: 'refusal',
      at: clock(),
      procedure,
      failure: code,
      ...(cause instanceof WeChatApiError && cause.rid !== undefined && { rid: cause.rid }),
      ...(cause instanceof Refused && aboutWhom(cause)),
      addressHash,
      requestId,
    })
  }
}

function aboutWhom({ memberId, sessionId }: Refused) {
  return { memberId, ...(sessionId !== undefined && { sessionId }) }
}
