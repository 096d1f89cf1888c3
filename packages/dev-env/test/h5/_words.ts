import { accountZh } from '@kinpass/miniapp/src/account/account-zh.ts'
import { en } from '@kinpass/miniapp/src/i18n/en.ts'
import { zh } from '@kinpass/miniapp/src/i18n/zh.ts'

/** What the app says, from its own dictionaries: a test follows a change of copy by itself. */
export { accountZh, en, zh }

/** What the local WeChat says in a browser. */
export const wechat = {
  asks: '获取并验证你的手机号',
  allow: '允许',
  refuse: '不允许',
  anotherNumber: '使用其他号码',
  numberField: '其他手机号',
  add: '添加',
  whosePhone: 'whose phone this is',
} as const
