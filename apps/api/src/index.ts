export { type Api, composeApi, type Seams } from './compose.ts'
export { ConfigurationError, readEnvironment } from './env.ts'
export { createLogger, type Logger } from './logger.ts'
export type { Environment } from './settings.ts'
