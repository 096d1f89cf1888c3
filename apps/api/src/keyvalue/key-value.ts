/** The store for what may be lost: one port, in memory for one process, on Redis for several. */
export type { KeyValue, Life } from '@kinpass/wechat'
