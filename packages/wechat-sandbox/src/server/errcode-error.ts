/** How the text of a refusal ends: `, rid: …`, ` rid: …`, or ` hint: [IfdFrrMre-JPlAXa] rid: …`. */
export type ErrmsgSuffix = 'comma' | 'blank' | 'hint'

/** WeChat says no: `{ errcode, errmsg }` with HTTP 200. Thrown by routes, turned into an answer by the server. */
export class ErrcodeError extends Error {
  override readonly name = 'Refusal'
  readonly errcode: number
  readonly ending: ErrmsgSuffix

  constructor(errcode: number, text: string, ending: ErrmsgSuffix = 'blank') {
    super(text)
    this.errcode = errcode
    this.ending = ending
  }
}

/** The whole `errmsg` of a refusal. */
export function errmsg(refusal: ErrcodeError, rid: string, hint: () => string): string {
  switch (refusal.ending) {
    case 'comma':
      return `${refusal.message}, rid: ${rid}`
    case 'blank':
      return `${refusal.message} rid: ${rid}`
    case 'hint':
      return `${refusal.message} hint: [${hint()}] rid: ${rid}`
  }
}
