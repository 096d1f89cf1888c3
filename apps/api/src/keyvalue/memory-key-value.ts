/** The key-value port in this process's memory: for one instance, and for tests. */
export { createMemoryKeyValue } from '@kinpass/wechat'
