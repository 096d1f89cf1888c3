/** What an errcode of WeChat means, and what to do about it. */
export interface ErrcodeInfo {
  /** A stable word for logs and metrics. */
  readonly name: string
  readonly meaning: string
  readonly hint: string
}

/**
 * The errcodes that the endpoints of this package answer with. One table serves the errors, the logs
 * and the doctor. Sources: the error tables of WeChat's endpoint pages; 40163 stands on none of them
 * and is known from developers' threads.
 */
export const errcodes = {
  [-1]: {
    name: 'busy',
    meaning: 'WeChat is busy',
    hint: 'Try again in a moment, with a fresh code where the call carried one.',
  },
  40001: {
    name: 'credential-invalid',
    meaning: 'the access token is dead, or the AppSecret does not belong to the appid',
    hint: 'If it lasts: look for another system that forces token refreshes, and compare the AppSecret with the console.',
  },
  40002: {
    name: 'grant-type-invalid',
    meaning: 'the grant_type is not the one this endpoint wants',
    hint: 'A proxy in between may change the query: call api.weixin.qq.com directly.',
  },
  40003: {
    name: 'openid-invalid',
    meaning: 'the openid is malformed or of another mini-program',
    hint: 'Use the openid that jscode2session gave for this very appid.',
  },
  40013: {
    name: 'appid-invalid',
    meaning: 'the appid does not exist, or the code is not of this appid',
    hint: 'Compare the appid with the console, and with the one the mini-program was built for.',
  },
  40014: {
    name: 'token-invalid',
    meaning: 'the access token is not one of WeChat',
    hint: 'If it lasts: something cuts or changes the stored token; it needs room for 512 characters.',
  },
  40029: {
    name: 'code-invalid',
    meaning:
      'the code is wrong, older than five minutes, of another mini-program, or of the other kind (login code and phone code are different things); a spent phone code gets this answer too',
    hint: 'Take a fresh code; check with `doctor --code` which kind it is, and that the mini-program was built with this appid.',
  },
  40125: {
    name: 'secret-invalid',
    meaning: 'the AppSecret is wrong',
    hint: 'Copy it again from the console (Development management, Development settings); a reset kills the one before.',
  },
  40129: {
    name: 'scene-invalid',
    meaning: 'the scene of the text check is not one of 1 to 4',
    hint: 'Use 1 profile, 2 comment, 3 forum or 4 social log.',
  },
  40163: {
    name: 'code-spent',
    meaning: 'the login code has been used already',
    hint: 'Take a fresh code from wx.login. If the user tapped once only, look for a second send: a retry in a gateway, an HTTP client or the page.',
  },
  40164: {
    name: 'ip-not-listed',
    meaning: "this server's address is not in the IP whitelist of the mini-program",
    hint: 'Add the address that WeChat names to the IP whitelist in the console, or route the calls through a fixed address.',
  },
  40226: {
    name: 'risk-blocked',
    meaning: 'WeChat holds this user for high-risk and blocks the login',
    hint: 'Tell the user that WeChat refuses the login; nothing on the server helps.',
  },
  40243: {
    name: 'secret-frozen',
    meaning: 'the AppSecret is frozen',
    hint: 'Unfreeze it in the console; it takes up to ten minutes to work.',
  },
  41001: {
    name: 'token-missing',
    meaning: 'no access token arrived',
    hint: 'A proxy in between may strip the query: call api.weixin.qq.com directly.',
  },
  41002: {
    name: 'appid-missing',
    meaning: 'no appid arrived',
    hint: 'Set the appid; it belongs into the query of jscode2session, not into a body.',
  },
  41004: { name: 'secret-missing', meaning: 'no AppSecret arrived', hint: 'Set the AppSecret.' },
  41008: {
    name: 'code-missing',
    meaning: 'no code arrived',
    hint: 'Send the code that wx.login gave, unchanged.',
  },
  42001: {
    name: 'token-expired',
    meaning: 'the access token has expired',
    hint: "If it lasts: this machine's clock is wrong, or the stored token is never renewed.",
  },
  43002: {
    name: 'post-required',
    meaning: 'the endpoint wants POST',
    hint: 'A proxy in between changes the method.',
  },
  43104: {
    name: 'appid-openid-mismatch',
    meaning: 'the openid does not belong to this appid',
    hint: 'Use the openid that jscode2session gave for this very appid.',
  },
  44002: {
    name: 'body-empty',
    meaning: 'the body arrived empty',
    hint: 'A proxy in between strips the body.',
  },
  44991: {
    name: 'user-too-fast',
    meaning: 'this user calls the endpoint too often',
    hint: 'Wait a minute before the next call for this user.',
  },
  45009: {
    name: 'day-quota-spent',
    meaning: "the day's quota of this endpoint is spent",
    hint: 'Wait for the next day (Beijing time), or clear the quota in the console.',
  },
  45011: {
    name: 'too-frequent',
    meaning: "the minute's quota is spent",
    hint: 'Wait for the next minute. For jscode2session it is 100 a minute for one user.',
  },
  47001: {
    name: 'body-malformed',
    meaning: 'WeChat cannot read the body as JSON',
    hint: 'A proxy in between changes the body or its encoding.',
  },
  50004: {
    name: 'forbidden',
    meaning: 'the account may not use this endpoint',
    hint: 'Look at the notices in the console.',
  },
  50007: {
    name: 'account-frozen',
    meaning: 'the account is frozen',
    hint: 'Look at the notices in the console.',
  },
  61010: {
    name: 'user-not-recent',
    meaning: 'the user has not opened the mini-program within two hours',
    hint: 'Check the text while the user is there.',
  },
  87007: {
    name: 'session-stale',
    meaning: "the session key is not the user's latest",
    hint: 'Exchange a fresh login code to learn the session key.',
  },
  87008: {
    name: 'sig-method-invalid',
    meaning: 'the sig_method is not hmac_sha256',
    hint: 'A proxy in between changes the query.',
  },
  87009: {
    name: 'session-signature-invalid',
    meaning: "the session key is not the user's latest, or belongs to another openid",
    hint: 'Exchange a fresh login code to learn the session key.',
  },
  89503: {
    name: 'ip-awaits-admin',
    meaning: "the call from this address waits for an administrator's confirmation",
    hint: 'An administrator confirms the message that WeChat sent to the phone.',
  },
  89506: {
    name: 'ip-refused-for-a-day',
    meaning: 'an administrator refused this address twice; it is shut out for 24 hours',
    hint: 'Wait 24 hours, or call from an address that is in the whitelist.',
  },
  89507: {
    name: 'ip-refused-for-an-hour',
    meaning: 'an administrator refused this address; it is shut out for an hour',
    hint: 'Wait an hour, then confirm the message that WeChat sends to the phone.',
  },
} as const satisfies Record<number, ErrcodeInfo>

const unknown: ErrcodeInfo = {
  name: 'unknown',
  meaning: 'an errcode that this package does not know',
  hint: "Look the number up in WeChat's list of global errcodes, and ask its support with the rid.",
}

/** Looks an errcode up; one that the table lacks gets an entry that says so. */
export function explainErrcode(errcode: number): ErrcodeInfo {
  return (errcodes as Readonly<Record<number, ErrcodeInfo>>)[errcode] ?? unknown
}
