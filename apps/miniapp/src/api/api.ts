import type {
  AppRouter,
  EmptyOutput,
  LoginCodeInput,
  LoginInput,
  LoginOutput,
  Member,
  PrepareOutput,
  RenewInput,
  RevokeInput,
  SessionListOutput,
  TokenPair,
} from '@kinpass/contracts'
import { type TaroRequest, taroLink } from '@kinpass/trpc-taro'
import { createTRPCClient } from '@trpc/client'
import { assertResponse } from './assert-response.ts'

/** The calls that the app makes. What belongs to a member wants the access token first. */
export interface ApiClient {
  readonly prepare: (input: LoginCodeInput) => Promise<PrepareOutput>
  readonly login: (input: LoginInput) => Promise<LoginOutput>
  readonly resume: (input: LoginCodeInput) => Promise<LoginOutput>
  readonly renew: (input: RenewInput) => Promise<TokenPair>
  readonly me: (token: string) => Promise<Member>
  readonly listSessions: (token: string) => Promise<SessionListOutput>
  readonly revoke: (token: string, input: RevokeInput) => Promise<EmptyOutput>
  readonly logout: (token: string) => Promise<EmptyOutput>
  readonly logoutEverywhere: (token: string) => Promise<EmptyOutput>
}

export interface ApiClientOptions {
  /** Origin of the API, without a slash at the end. */
  readonly url: string
  readonly request: TaroRequest
  readonly installationId: string
  /** What the member's list of devices calls this one. */
  readonly deviceName: string
}

export function createApiClient({ url, request, installationId, deviceName }: ApiClientOptions): ApiClient {
  const own = { 'x-installation-id': installationId, 'x-device-name': encodeURIComponent(deviceName) }
  const client = createTRPCClient<AppRouter>({
    links: [
      taroLink<AppRouter>({
        url: `${url}/trpc`,
        request,
        headers: ({ context: { authorization } }) =>
          typeof authorization === 'string' ? { ...own, authorization } : own,
        timeoutMs: 15_000,
      }),
    ],
  })
  const by = (token: string) => ({ context: { authorization: `Bearer ${token}` } })
  const { session } = client
  return {
    prepare: (input) => session.prepare.mutate(input),
    login: (input) => client.login.mutate(input).then(assertResponse('login')),
    resume: (input) => session.resume.mutate(input).then(assertResponse('login')),
    renew: (input) => session.renew.mutate(input).then(assertResponse('tokens')),
    me: (token) => client.me.query(undefined, by(token)).then(assertResponse('member')),
    listSessions: (token) => session.list.query(undefined, by(token)).then(assertResponse('sessions')),
    revoke: (token, input) => session.revoke.mutate(input, by(token)),
    logout: (token) => session.logout.mutate(undefined, by(token)),
    logoutEverywhere: (token) => session.logoutEverywhere.mutate(undefined, by(token)),
  }
}
