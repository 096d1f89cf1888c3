/** One call as it went by. Never a secret, a code, a token, a session key, an openid or a phone number. */
export interface CallRecord {
  /** By the sandbox's clock. */
  readonly at: Date
  readonly method: string
  /** WeChat's path, such as `/sns/jscode2session`; `(unknown)` for paths WeChat does not have. */
  readonly endpoint: string
  readonly appId: string | undefined
  /** The person's name in the sandbox, once the call has shown whom it is about. */
  readonly person: string | undefined
  /** 0 when WeChat did what was asked; undefined when no answer of WeChat's was sent. */
  readonly errcode: number | undefined
  readonly httpStatus: number | undefined
  readonly rid: string
  /** The fault that was played, if any. */
  readonly fault: string | undefined
}

export interface CallLog {
  readonly records: readonly CallRecord[]
  add(record: CallRecord): void
}

const KEPT = 10_000

/** Keeps the newest {@link KEPT} calls, oldest first. */
export function createCallLog(): CallLog {
  const records: CallRecord[] = []
  return {
    records,
    add(record) {
      records.push(record)
      if (records.length > KEPT + 1_000) records.splice(0, records.length - KEPT)
    },
  }
}
