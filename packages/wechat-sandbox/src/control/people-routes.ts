import { z } from 'zod'
import type { Person } from '../sandbox/person.ts'
import { PersonSeed } from '../state/seeds.ts'
import { type ControlCall, type ControlRoute, route } from './control-call.ts'

const InApp = z.strictObject({ appId: z.string().optional() })
const PhoneTap = z.strictObject({ phone: z.string().optional(), appId: z.string().optional() })
const Refusal = z.strictObject({ platform: z.enum(['ios', 'android', 'devtools']).optional() })
const Change = z.strictObject({
  phones: z.array(z.string()).max(5).optional(),
  blocked: z.boolean().optional(),
})

export const peopleRoutes: readonly ControlRoute[] = [
  route({
    on: 'GET /_sandbox/people',
    about: 'who there is',
    answer: ({ deps }) => ({
      people: deps.state().people.all.map(({ name }) => show(name, deps)),
    }),
  }),
  route({
    on: 'POST /_sandbox/people',
    about: 'add a person: { name, phones?, nickName?, blocked? }',
    input: PersonSeed,
    answer: ({ deps, input }) => show(deps.controls.addPerson(input).name, deps),
  }),
  route({
    on: 'GET /_sandbox/people/:name',
    about: 'one person, with their ids in each app',
    answer: (call) => {
      const person = personOf(call)
      const apps = call.deps.state().apps.all.map(({ appId }) => ({
        appId,
        openId: person.openIdIn(appId),
        unionId: person.unionIdIn(appId),
      }))
      return { ...show(person.name, call.deps), apps }
    },
  }),
  route({
    on: 'PATCH /_sandbox/people/:name',
    about: 'change a person: { phones?, blocked? }',
    input: Change,
    answer(call) {
      const person = personOf(call)
      const { phones, blocked } = call.input
      if (phones) person.changesPhones(phones)
      if (blocked === true) person.block()
      if (blocked === false) person.unblock()
      return show(person.name, call.deps)
    },
  }),
  route({
    on: 'POST /_sandbox/people/:name/login-code',
    about: 'wx.login: { appId? }',
    input: InApp,
    answer: (call) => ({ code: personOf(call).tapsLogin(call.input), errMsg: 'login:ok' }),
  }),
  route({
    on: 'POST /_sandbox/people/:name/phone-code',
    about: 'an allowed tap on the phone button: { phone?, appId? }',
    input: PhoneTap,
    answer: (call) => personOf(call).tapsPhoneButton(call.input),
  }),
  route({
    on: 'POST /_sandbox/people/:name/phone-refusal',
    about: 'a refused tap on the phone button: { platform? }',
    input: Refusal,
    answer: (call) => personOf(call).refusesPhone(call.input.platform),
  }),
  route({
    on: 'POST /_sandbox/people/:name/user-data',
    about: 'wx.getUserInfo: { appId? }',
    input: InApp,
    answer: (call) => personOf(call).userData(call.input),
  }),
]

function personOf({ deps, params }: ControlCall<unknown>): Person {
  return deps.controls.person(params.name ?? '')
}

function show(name: string, { state }: ControlCall<unknown>['deps']) {
  const { nickName, phones, blocked } = state().people.get(name)
  return { name, nickName, phones, blocked }
}
