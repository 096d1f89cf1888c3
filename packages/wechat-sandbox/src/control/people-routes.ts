import { z } from 'zod'
import { parseSeed } from '../seeds.ts'
import type { ControlCall, ControlRoute } from './control-call.ts'

const LoginTap = z.strictObject({ appId: z.string().optional() })
const PhoneTap = z.strictObject({ phone: z.string().optional(), appId: z.string().optional() })

export const peopleRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/_sandbox/people',
    about: 'who there is',
    answer: ({ controls }) => ({
      people: controls.world().people.all.map(({ name, nickName, phones, blocked }) => ({
        name,
        nickName,
        phones,
        blocked,
      })),
    }),
  },
  {
    method: 'POST',
    path: '/_sandbox/people/:name/login-code',
    about: 'wx.login: { appId? }',
    answer(call) {
      const { appId } = parseSeed(LoginTap, call.input, 'the body')
      return { code: personOf(call).tapsLogin(omitUndefined({ appId })), errMsg: 'login:ok' }
    },
  },
  {
    method: 'POST',
    path: '/_sandbox/people/:name/phone-code',
    about: 'an allowed tap on the phone button: { phone?, appId? }',
    answer(call) {
      const { phone, appId } = parseSeed(PhoneTap, call.input, 'the body')
      const code = personOf(call).allowsPhone(phone, omitUndefined({ appId }))
      return { code, errMsg: 'getPhoneNumber:ok' }
    },
  },
]

function personOf({ controls, params }: ControlCall) {
  return controls.person(params.name ?? '')
}

function omitUndefined({ appId }: { appId?: string | undefined }): { appId?: string } {
  return appId === undefined ? {} : { appId }
}
