/** The meaning of one errcode, and the fix. */
export interface ErrcodeInfo {
  /** A stable identifier for logs and metrics. */
  readonly name: string
  readonly meaning: string
  readonly hint: string
}

/**
 * The errcodes that the endpoints of this package return.
 *
 * Sources: the error tables of WeChat's endpoint pages. 40163 is in none of them; developers report it in
 * WeChat's community forum.
 */
export const errcodes = {
  [-1]: {
    name: 'busy',
    meaning: 'WeChat is busy',
    hint: 'Try again in a moment, with a fresh code if the request carried one.',
  },
  40001: {
    name: 'credential-invalid',
    meaning: 'the access token is invalid or expired, or the AppSecret does not belong to the appid',
    hint: 'If it persists: look for another system that forces token refreshes, and compare the AppSecret with the console.',
  },
  40002: {
    name: 'grant-type-invalid',
    meaning: 'the grant_type is wrong for this endpoint',
    hint: 'A proxy in between may change the query: call api.weixin.qq.com directly.',
  },
  40003: {
    name: 'openid-invalid',
    meaning: 'the openid is malformed or belongs to another mini-program',
    hint: 'Use the openid that jscode2session returned for this appid.',
  },
  40013: {
    name: 'appid-invalid',
    meaning: 'the appid does not exist, or the code belongs to another appid',
    hint: "Compare the appid with the console and with the one in the mini-program's build.",
  },
  40014: {
    name: 'token-invalid',
    meaning: 'the access token was not issued by WeChat',
    hint: 'If it persists: check that the store does not truncate or change the token; it needs room for 512 characters.',
  },
  40029: {
    name: 'code-invalid',
    meaning:
      'the code is wrong, older than five minutes, from another mini-program, or of the wrong kind (login codes and phone codes are different); a used phone code fails with this errcode too',
    hint: 'Use a fresh code; check its kind with `doctor --code`, and that the mini-program was built with this appid.',
  },
  40125: {
    name: 'secret-invalid',
    meaning: 'the AppSecret is wrong',
    hint: 'Copy it again from the console (Development management, Development settings); a reset invalidates the previous one.',
  },
  40129: {
    name: 'scene-invalid',
    meaning: 'the scene of the text check is not one of 1 to 4',
    hint: 'Use 1 profile, 2 comment, 3 forum or 4 social log.',
  },
  40163: {
    name: 'code-spent',
    meaning: 'the login code is already used',
    hint: 'Get a fresh code from wx.login. If the user tapped only once, look for a second request: a retry in a gateway, an HTTP client or the page.',
  },
  40164: {
    name: 'ip-not-listed',
    meaning: "this server's IP address is not in the mini-program's IP whitelist",
    hint: "Add the address from WeChat's message to the IP whitelist in the console, or route the requests through a fixed address.",
  },
  40226: {
    name: 'risk-blocked',
    meaning: 'WeChat rates this user as high-risk and blocks the login',
    hint: 'Inform the user that WeChat blocks the login; no change on the server helps.',
  },
  40243: {
    name: 'secret-frozen',
    meaning: 'the AppSecret is frozen',
    hint: 'Unfreeze it in the console; this takes effect within ten minutes.',
  },
  41001: {
    name: 'token-missing',
    meaning: 'the access token is missing',
    hint: 'A proxy in between may strip the query: call api.weixin.qq.com directly.',
  },
  41002: {
    name: 'appid-missing',
    meaning: 'the appid is missing',
    hint: 'Set the appid; jscode2session takes it from the query, not from the body.',
  },
  41004: { name: 'secret-missing', meaning: 'the AppSecret is missing', hint: 'Set the AppSecret.' },
  41008: {
    name: 'code-missing',
    meaning: 'the code is missing',
    hint: 'Send the code from wx.login unchanged.',
  },
  42001: {
    name: 'token-expired',
    meaning: 'the access token has expired',
    hint: "If it persists: check this machine's clock, and that the stored token is renewed.",
  },
  43002: {
    name: 'post-required',
    meaning: 'the endpoint requires POST',
    hint: 'A proxy in between changes the method: call api.weixin.qq.com directly.',
  },
  43104: {
    name: 'appid-openid-mismatch',
    meaning: 'the openid does not belong to this appid',
    hint: 'Use the openid that jscode2session returned for this appid.',
  },
  44002: {
    name: 'body-empty',
    meaning: 'the body is empty',
    hint: 'A proxy in between strips the body: call api.weixin.qq.com directly.',
  },
  44991: {
    name: 'user-too-fast',
    meaning: 'too many requests for this user',
    hint: 'Wait a minute before the next request for this user.',
  },
  45009: {
    name: 'day-quota-spent',
    meaning: "the endpoint's daily quota is used up",
    hint: 'Wait for the next day (Beijing time), or clear the quota in the console.',
  },
  45011: {
    name: 'too-frequent',
    meaning: 'the quota per minute is used up',
    hint: 'Wait for the next minute. jscode2session allows 100 requests a minute per user.',
  },
  47001: {
    name: 'body-malformed',
    meaning: 'the body is not valid JSON',
    hint: 'A proxy in between changes the body or its encoding: call api.weixin.qq.com directly.',
  },
  50004: {
    name: 'forbidden',
    meaning: 'the account may not use this endpoint',
    hint: 'Read the notices in the console.',
  },
  50007: {
    name: 'account-frozen',
    meaning: 'the account is frozen',
    hint: 'Read the notices in the console.',
  },
  61010: {
    name: 'user-not-recent',
    meaning: 'the user has not opened the mini-program within two hours',
    hint: 'Check the text while the user is active in the mini-program.',
  },
  87007: {
    name: 'session-stale',
    meaning: "the session key is not the user's latest",
    hint: 'Exchange a fresh login code for the current session key.',
  },
  87008: {
    name: 'sig-method-invalid',
    meaning: 'the sig_method is not hmac_sha256',
    hint: 'A proxy in between changes the query: call api.weixin.qq.com directly.',
  },
  87009: {
    name: 'session-signature-invalid',
    meaning: "the session key is not the user's latest, or belongs to another openid",
    hint: 'Exchange a fresh login code for the current session key.',
  },
  89503: {
    name: 'ip-awaits-admin',
    meaning: "requests from this IP address await an administrator's confirmation",
    hint: 'Have an administrator confirm the message that WeChat sent to their phone.',
  },
  89506: {
    name: 'ip-refused-for-a-day',
    meaning: 'an administrator rejected this IP address twice; it is blocked for 24 hours',
    hint: 'Wait 24 hours, or send from an address in the IP whitelist.',
  },
  89507: {
    name: 'ip-refused-for-an-hour',
    meaning: 'an administrator rejected this IP address; it is blocked for an hour',
    hint: 'Wait an hour, then have an administrator confirm the message that WeChat sends to their phone.',
  },
} as const satisfies Record<number, ErrcodeInfo>

const unknownErrcode: ErrcodeInfo = {
  name: 'unknown',
  meaning: 'this errcode is not in the table of this package',
  hint: "Look the number up in WeChat's list of global errcodes, or send the rid to WeChat's support.",
}

/** Looks up an errcode; returns a generic entry for one that the table lacks. */
export function explainErrcode(errcode: number): ErrcodeInfo {
  // Widened for the lookup: any number may come in, and a missing key yields undefined.
  return (errcodes as Readonly<Record<number, ErrcodeInfo>>)[errcode] ?? unknownErrcode
}
