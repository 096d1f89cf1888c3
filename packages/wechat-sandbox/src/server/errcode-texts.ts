import type { ErrmsgSuffix } from './errcode-error.ts'

/**
 * WeChat's own words for an errcode, as seen in its answers and its tables of errcodes. The texts of 40243, 41004,
 * 43104, 44991, 61010 and 87008 stand in no answer that is public: they follow the tables.
 */
export const ERRCODE_TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, ' +
    'more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40066: 'invalid url',
  40125: 'invalid appsecret',
  40129: 'invalid scene',
  40163: 'code been used',
  40226: 'code blocked',
  40243: 'appsecret is frozen',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  42001: 'access_token expired',
  43002: 'require POST method',
  43104: 'appid not match with openid',
  43302: 'require POST method',
  44002: 'empty post data',
  44991: 'reach max api quota limit',
  45002: 'content size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit mustslower retry next minute',
  47001: 'data format error',
  50004: 'token api is forbidden',
  50007: 'account is frozen',
  61010: 'code is expired',
  87008: 'invalid sig_method',
  87009: 'invalid signature',
  87014: 'risky content',
  89503: 'this call needs the confirmation of the administrator',
  89506: 'the administrator refused this ip twice, try again in 24 hours',
  89507: 'the administrator refused this ip, try again in 1 hour',
}

// Seen with a hint by those who met them: the phone endpoint's 40029, 44002, 47001.
const HINTED = new Set([40029, 43002, 44002, 47001])

/** Everything under /sns ends with a comma; of the rest, some errcodes carry a hint. */
export function endingOf(errcode: number, path: string): ErrmsgSuffix {
  if (path.startsWith('/sns/')) return 'comma'
  return HINTED.has(errcode) ? 'hint' : 'blank'
}
