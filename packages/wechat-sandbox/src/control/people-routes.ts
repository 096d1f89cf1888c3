import { z } from 'zod'
import type { Person } from '../sandbox/person.ts'
import { PersonSeed } from '../state/seeds.ts'
import { type ControlCall, type ControlDeps, type ControlRoute, route } from './route.ts'

const InApp = z.strictObject({ appId: z.string().optional() })
const AllowedTap = z.strictObject({ phone: z.string().optional(), appId: z.string().optional() })
const RefusedTap = z.strictObject({ platform: z.enum(['ios', 'android', 'devtools']).optional() })
const PersonChange = z.strictObject({
  phones: z.array(z.string()).max(5).optional(),
  blocked: z.boolean().optional(),
})

export const peopleRoutes: readonly ControlRoute[] = [
  route({
    on: 'GET /_sandbox/people',
    about: 'list the people',
    handle: ({ deps }) => ({
      people: deps.state().people.all.map(({ name }) => toPersonJson(name, deps)),
    }),
  }),
  route({
    on: 'POST /_sandbox/people',
    about: 'add a person: { name, phones?, nickName?, blocked? }',
    input: PersonSeed,
    handle: ({ deps, input }) => toPersonJson(deps.controls.addPerson(input).name, deps),
  }),
  route({
    on: 'GET /_sandbox/people/:name',
    about: 'get one person, with the ids in each app',
    handle: (call) => {
      const person = personOf(call)
      const apps = call.deps.state().apps.all.map(({ appId }) => ({
        appId,
        openId: person.openIdIn(appId),
        unionId: person.unionIdIn(appId),
      }))
      return { ...toPersonJson(person.name, call.deps), apps }
    },
  }),
  route({
    on: 'PATCH /_sandbox/people/:name',
    about: 'change a person: { phones?, blocked? }',
    input: PersonChange,
    handle(call) {
      const person = personOf(call)
      const { phones, blocked } = call.input
      if (phones) person.changesPhones(phones)
      if (blocked === true) person.block()
      if (blocked === false) person.unblock()
      return toPersonJson(person.name, call.deps)
    },
  }),
  route({
    on: 'POST /_sandbox/people/:name/login-code',
    about: 'wx.login: { appId? }',
    input: InApp,
    handle: (call) => ({ code: personOf(call).tapsLogin(call.input), errMsg: 'login:ok' }),
  }),
  route({
    on: 'POST /_sandbox/people/:name/phone-code',
    about: 'allow a tap on the phone button: { phone?, appId? }',
    input: AllowedTap,
    handle: (call) => personOf(call).tapsPhoneButton(call.input),
  }),
  route({
    on: 'POST /_sandbox/people/:name/phone-refusal',
    about: 'refuse a tap on the phone button: { platform? }',
    input: RefusedTap,
    handle: (call) => personOf(call).refusesPhone(call.input.platform),
  }),
  route({
    on: 'POST /_sandbox/people/:name/user-data',
    about: 'wx.getUserInfo: { appId? }',
    input: InApp,
    handle: (call) => personOf(call).userData(call.input),
  }),
]

function personOf({ deps, params }: ControlCall<unknown>): Person {
  return deps.controls.person(params.name ?? '')
}

function toPersonJson(name: string, { state }: ControlDeps) {
  const { nickName, phones, blocked } = state().people.get(name)
  return { name, nickName, phones, blocked }
}
