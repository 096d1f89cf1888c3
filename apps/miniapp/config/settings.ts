/** The environment variables of the build. Each has a default for local development. */
export const settings = {
  /** Port of the browser build's development server. */
  h5Port: Number(process.env.H5_PORT ?? 10086),
  /** Address of the API, for the development server's proxy. */
  apiUrl: process.env.H5_API_URL ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`,
  /** Address of the WeChat sandbox's control plane, for the same proxy. */
  sandboxUrl: process.env.H5_SANDBOX_URL ?? `http://127.0.0.1:${process.env.WECHAT_CONTROL_PORT ?? 3101}`,
}
