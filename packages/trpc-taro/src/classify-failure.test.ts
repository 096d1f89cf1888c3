import { expect, test } from 'vitest'
import { classifyFailure } from './classify-failure.ts'

// From WeChat's community, https://github.com/wendux/fly/issues/210, Chromium's net_error_list.h and Taro's h5 request.
test.each([
  ['timeout', 'request:fail timeout'],
  ['timeout', 'request:fail 请求超时。'],
  ['timeout', 'request:fail The request timed out.'],
  ['timeout', 'request:fail -118:net::ERR_CONNECTION_TIMED_OUT'],
  ['timeout', 'request:fail errcode:-7 cronet_error_code:-7 error_msg:net::ERR_TIMED_OUT'],
  ['offline', 'request:fail 似乎已断开与互联网的连接。'],
  ['offline', 'request:fail The Internet connection appears to be offline.'],
  ['offline', 'request:fail -106:net::ERR_INTERNET_DISCONNECTED'],
  ['offline', 'request:fail errcode:-105 cronet_error_code:-105 error_msg:net::ERR_NAME_NOT_RESOLVED'],
  ['offline', 'request:fail Unable to resolve host "api.example.com": No address associated with hostname'],
  ['offline', 'request:fail request connect error'],
  ['offline', 'request:fail 未能找到使用指定主机名的服务器。'],
  ['offline', 'request:fail 未能连接到服务器。'],
  ['offline', 'request:fail Could not connect to the server.'],
  ['offline', 'request:fail -102:net::ERR_CONNECTION_REFUSED'],
  ['offline', 'request:fail failed to connect to /10.0.2.2 (port 443) after 60000ms'],
  ['offline', 'Failed to fetch'],
  ['offline', 'Load failed'],
  ['offline', 'NetworkError when attempting to fetch resource.'],
  ['interrupted', 'request:fail interrupted'],
  ['interrupted', 'request:fail 网络连接已中断。'],
  ['interrupted', 'request:fail The network connection was lost.'],
  ['interrupted', 'request:fail Software caused connection abort'],
  ['interrupted', 'request:fail -101:net::ERR_CONNECTION_RESET'],
  ['interrupted', 'request:fail errcode:-100 cronet_error_code:-100 error_msg:net::ERR_CONNECTION_CLOSED'],
  ['interrupted', 'request:fail -324:net::ERR_EMPTY_RESPONSE'],
  ['interrupted', 'request:fail -21:net::ERR_NETWORK_CHANGED'],
  ['domain-not-allowed', 'request:fail url not in domain list'],
  ['domain-not-allowed', 'request:fail:url not in domain list'],
  ['certificate', 'request:fail ssl hand shake error'],
  ['certificate', 'request:fail -202:net::ERR_CERT_AUTHORITY_INVALID'],
  ['certificate', 'request:fail 此服务器的证书无效。'],
  ['interrupted', 'request:fail abort'],
  ['interrupted', 'The user aborted a request.'],
  ['unknown', 'request:fail'],
  ['unknown', 'request:fail 600000'],
  ['unknown', ''],
] as const)('the code is %s for the message: %s', (code, errMsg) => {
  expect(classifyFailure({ errMsg })).toBe(code)
})

test('errno decides if no message pattern matches', () => {
  expect(classifyFailure({ errMsg: 'request:fail', errno: 600003 })).toBe('interrupted')
  expect(classifyFailure({ errMsg: 'request:fail', errno: 5 })).toBe('timeout')
})

test("a browser's error is classified by its message", () => {
  expect(classifyFailure(new TypeError('Failed to fetch'))).toBe('offline')
})
