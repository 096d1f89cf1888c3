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
import { type TaroRequest, TransportError, taroLink } from '@kinpass/trpc-taro'
import { createTRPCClient } from '@trpc/client'
import { isObject } from '../lib/is-object.ts'

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

type Fields = Readonly<Record<string, 'string' | 'number'>>

const tokenPairFields: Fields = { token: 'string', refreshToken: 'string', expiresInSeconds: 'number' }
const memberFields: Fields = { nickName: 'string', maskedPhone: 'string', joinedAt: 'string' }
const sessionFields: Fields = { id: 'string', lastUsedAt: 'string' }

/** The fields of each response that the app cannot do without. */
const shapes = {
  tokens: (response: unknown) => hasFields(response, tokenPairFields),
  member: (response: unknown) => hasFields(response, memberFields),
  login: (response: unknown) =>
    hasFields(response, { ...tokenPairFields, nickName: 'string' }) &&
    hasFields(response.member, memberFields),
  sessions: (response: unknown) =>
    hasFields(response, {}) &&
    Array.isArray(response.sessions) &&
    response.sessions.every((session) => hasFields(session, sessionFields)),
}

/**
 * Returns a function that passes a response on if it has the fields of its shape.
 *
 * A proxy, a captive portal or a cache may respond 200 with a body that only resembles the API's.
 *
 * @throws {TransportError} `unreadable` (the returned function)
 */
function assertResponse(shape: keyof typeof shapes): <Output>(response: Output) => Output {
  return (response) => {
    if (shapes[shape](response)) return response
    throw new TransportError('unreadable')
  }
}

function hasFields(value: unknown, fields: Fields): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Object.entries(fields).every(([name, type]) => typeof value[name] === type)
}
