export { type App, type AppOverrides, createApp } from './app.ts'
export { ConfigError, readConfig } from './config/env.ts'
export type { Config } from './config/schema.ts'
export { createLogger, type Logger } from './log/logger.ts'
