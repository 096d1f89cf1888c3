export { type Api, composeApi, type Seams } from './compose.ts'
export { ConfigurationError, type Environment, readEnvironment } from './env.ts'
export { createLogger, type Logger } from './logger.ts'
