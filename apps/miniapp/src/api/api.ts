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

const TIMEOUT_MS = 15_000

/** The procedures that the app calls. One that needs a session takes the access token first. */
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
  /** Origin of the API, without a trailing slash. */
  readonly url: string
  readonly request: TaroRequest
  readonly installationId: string
  /** Shown in the member's list of devices; may be empty. */
  readonly deviceName: string
}

export function createApiClient({ url, request, installationId, deviceName }: ApiClientOptions): ApiClient {
  const clientHeaders = {
    'x-installation-id': installationId,
    'x-device-name': encodeURIComponent(deviceName),
  }
  const client = createTRPCClient<AppRouter>({
    links: [
      taroLink<AppRouter>({
        url: `${url}/trpc`,
        request,
        headers: ({ context: { authorization } }) =>
          typeof authorization === 'string' ? { ...clientHeaders, authorization } : clientHeaders,
        timeoutMs: TIMEOUT_MS,
      }),
    ],
  })
  const authorized = (token: string) => ({ context: { authorization: `Bearer ${token}` } })
  const { session } = client
  return {
    prepare: (input) => session.prepare.mutate(input),
    login: (input) => client.login.mutate(input).then(assertResponse('login')),
    resume: (input) => session.resume.mutate(input).then(assertResponse('login')),
    renew: (input) => session.renew.mutate(input).then(assertResponse('tokens')),
    me: (token) => client.me.query(undefined, authorized(token)).then(assertResponse('member')),
    listSessions: (token) =>
      session.list.query(undefined, authorized(token)).then(assertResponse('sessions')),
    revoke: (token, input) => session.revoke.mutate(input, authorized(token)),
    logout: (token) => session.logout.mutate(undefined, authorized(token)),
    logoutEverywhere: (token) => session.logoutEverywhere.mutate(undefined, authorized(token)),
  }
}
