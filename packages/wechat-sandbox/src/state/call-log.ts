/** One call to WeChat. Never holds a secret, code, token, session key, openid or phone number. */
export interface CallRecord {
  /** By the sandbox's clock. */
  readonly at: Date
  readonly method: string
  /** WeChat's path, such as `/sns/jscode2session`; `(unknown)` for a path that WeChat does not have. */
  readonly endpoint: string
  readonly appId: string | undefined
  /** The person's name in the sandbox, if the endpoint could identify the person. */
  readonly person: string | undefined
  /** 0 for success; undefined when no response of WeChat was produced. */
  readonly errcode: number | undefined
  /** Undefined when no response was sent. */
  readonly httpStatus: number | undefined
  readonly rid: string
  /** The kind of the injected fault, if any. */
  readonly fault: string | undefined
}

export interface CallLog {
  readonly records: readonly CallRecord[]
  add(record: CallRecord): void
}

const MAX_RECORDS = 10_000
/** Old records are dropped in batches of this size: one splice per batch, not per call. */
const TRIM_BATCH = 1_000

/** Keeps the newest {@link MAX_RECORDS} calls (up to one batch more), oldest first. */
export function createCallLog(): CallLog {
  const records: CallRecord[] = []
  return {
    records,
    add(record) {
      records.push(record)
      if (records.length > MAX_RECORDS + TRIM_BATCH) records.splice(0, records.length - MAX_RECORDS)
    },
  }
}
