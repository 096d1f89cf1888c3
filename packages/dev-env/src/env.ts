import { z } from 'zod'

const Port = z.coerce.number().int().min(0).max(65_535)

/** Ports and addresses of the local servers; apps/api reads its own settings. */
export const WorldEnv = z.object({
  PORT: Port.default(3000),
  H5_PORT: Port.default(10_086),
  /** 0.0.0.0 makes the page reachable for every device on the network, such as a phone. */
  H5_HOST: z.string().min(1).default('127.0.0.1'),
  WECHAT_SANDBOX_PORT: Port.default(3100),
  WECHAT_CONTROL_PORT: Port.default(3101),
})

/** The only access to `process.env` in `src`. */
export const processEnv = (): Record<string, string | undefined> => process.env
