/** What the build takes from outside; each has a value that fits a machine on which nothing is set. */
export const settings = {
  /** Port of the development server of the browser build. */
  h5Port: Number(process.env.H5_PORT ?? 10086),
  /** Where the development server finds the API. */
  apiUrl: process.env.H5_API_URL ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`,
  /** Where it finds the control plane of the local WeChat. */
  sandboxUrl: process.env.H5_SANDBOX_URL ?? `http://127.0.0.1:${process.env.WECHAT_CONTROL_PORT ?? 3101}`,
}
