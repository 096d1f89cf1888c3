export { type Api, composeApi, type Seams } from './app.ts'
export { ConfigurationError, readEnvironment } from './config/env.ts'
export type { Environment } from './config/schema.ts'
export { createLogger, type Logger } from './log/logger.ts'
