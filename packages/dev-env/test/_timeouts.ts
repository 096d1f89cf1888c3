// Generous, because both cores may be busy. A condition that never comes true fails after this time.

/** How long a driver waits for a condition. */
export const WAIT_TIMEOUT_MS = 60_000

/** A setting of the API: a slow response of the sandbox is no outage of WeChat. */
export const WECHAT_TIMEOUT_MS = String(WAIT_TIMEOUT_MS)
