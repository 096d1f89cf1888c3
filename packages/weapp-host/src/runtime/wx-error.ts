/**
 * What a stub of `wx` throws to end a call in `fail`.
 *
 * @example throw new WxFailure('getPhoneNumber:fail user deny')
 */
export class WxFailure extends Error {
  override readonly name = 'WxFailure'
  /** What the `fail` callback is given: `errMsg`, and `errno` and the like where WeChat has them. */
  readonly result: { readonly errMsg: string }

  constructor(errMsg: string, facts: object = {}) {
    super(errMsg)
    this.result = { ...facts, errMsg }
  }
}

/** The mini-program called something of `wx` that the test has not said how to answer. */
export class UnstubbedCall extends Error {
  override readonly name = 'UnstubbedCall'
  readonly api: string

  constructor(api: string) {
    super(`${api}:fail not implemented: give WeappHost.launch a stub, wx: { ${api}: … }`)
    this.api = api
  }
}
