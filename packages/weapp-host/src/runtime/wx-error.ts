/**
 * The error that a stub of `wx` throws to end a call in `fail`.
 *
 * @example throw new WxError('getPhoneNumber:fail user deny')
 */
export class WxError extends Error {
  override readonly name = 'WxError'
  /** The argument of the `fail` callback: `errMsg`, and `errno` where WeChat sets it. */
  readonly result: { readonly errMsg: string }

  constructor(errMsg: string, details: object = {}) {
    super(errMsg)
    this.result = { ...details, errMsg }
  }
}

/** The mini-program called a function of `wx` that the test has no stub for. */
export class UnstubbedCallError extends Error {
  override readonly name = 'UnstubbedCallError'
  readonly api: string

  constructor(api: string) {
    super(`${api}:fail not implemented: pass a stub to WeappHost.launch, wx: { ${api}: … }`)
    this.api = api
  }
}
