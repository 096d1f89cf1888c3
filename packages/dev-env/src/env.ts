import { z } from 'zod'

const Port = z.coerce.number().int().min(0).max(65_535)

/** The settings of the world on one machine; those of the API itself are the API's. */
export const WorldEnvironment = z.object({
  PORT: Port.default(3000),
  H5_PORT: Port.default(10_086),
  /** 0.0.0.0 lets a telephone on the same network open the page, and everyone else there. */
  H5_HOST: z.string().min(1).default('127.0.0.1'),
  WECHAT_SANDBOX_PORT: Port.default(3100),
  WECHAT_CONTROL_PORT: Port.default(3101),
})
export type WorldEnvironment = z.infer<typeof WorldEnvironment>

/** All that the environment holds, for the parts that read their own settings from it. */
export const processEnvironment = (): Record<string, string | undefined> => process.env
