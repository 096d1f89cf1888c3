import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WeChatApp } from '../state/apps.ts'
import { isListed } from '../state/ip-list.ts'
import type { WeChatAccount } from '../state/people.ts'
import { parameter, type WeChatCall } from './call.ts'
import { errcodeError } from './errcode-error.ts'
import { optionalJsonBody, textField } from './json-body.ts'

/** Returns the app with this id, and records it for the call log. */
export function requireApp(call: WeChatCall, appId: string): WeChatApp {
  const app = call.state.apps.find(appId)
  if (!app) throw errcodeError(call, 40013)
  call.log.app = app
  return app
}

/** Refuses a wrong or frozen secret, and an address that is not on the app's IP list. */
export function requireSecret(call: WeChatCall, app: WeChatApp, secret: string): void {
  if (!isEqual(app.secret, secret)) throw errcodeError(call, 40125)
  if (app.secretFrozen) throw errcodeError(call, 40243)
  if (app.ipWhitelist && !isListed(call.remoteAddress, app.ipWhitelist)) {
    const ip = call.remoteAddress.replace(/^::ffff:/, '')
    throw errcodeError(call, 40164, `invalid ip ${ip} ipv6 ::ffff:${ip}, not in whitelist`)
  }
}

/**
 * Returns the app that requests an access token; `read` returns a field of the request. The order of the checks is
 * observed: WeChat checks the appid first.
 */
export function requireTokenCredentials(
  call: WeChatCall,
  read: (name: string) => string | undefined,
): WeChatApp {
  const appId = read('appid')
  if (appId === undefined) throw errcodeError(call, 41002)
  const app = requireApp(call, appId)
  if (read('grant_type') !== 'client_credential') throw errcodeError(call, 40002)
  const secret = read('secret')
  if (secret === undefined) throw errcodeError(call, 41004)
  requireSecret(call, app, secret)
  return app
}

/** Returns the app of the access token in the query. */
export function requireAccessToken(call: WeChatCall): WeChatApp {
  const { tokens } = call.state
  const value = parameter(call, 'access_token')
  if (value === undefined) throw errcodeError(call, 41001)
  const token = tokens.find(value)
  if (!token) throw errcodeError(call, looksLikeToken(value) ? 40001 : 40014)
  call.log.app = token.app
  switch (tokens.status(token)) {
    case 'expired':
      throw errcodeError(call, 42001)
    case 'superseded':
      throw errcodeError(call, 40001)
    case 'valid':
      return token.app
  }
}

/**
 * Returns the person of the call's openid, whose session key must have signed it: HMAC-SHA256 over an empty message,
 * keyed with the base64 text itself. The document lists the fields as a body and shows them in the query: both work.
 */
export function requireSessionSignature(call: WeChatCall, app: WeChatApp): WeChatAccount {
  const body = optionalJsonBody(call)
  const read = (name: string) => parameter(call, name) ?? textField(body, name)
  const openid = read('openid')
  const person = openid === undefined ? undefined : call.state.people.findByOpenId(app, openid)
  if (!person) throw errcodeError(call, 40003)
  call.log.person = person
  if (read('sig_method') !== 'hmac_sha256') throw errcodeError(call, 87008)
  const key = call.state.sessionKeys.peek(app, person)
  if (!key || read('signature') !== signEmptyMessage(key.value)) throw errcodeError(call, 87009)
  return person
}

// WeChat returns 40001 for an unknown token of plausible letters; what causes 40014 is not published.
const looksLikeToken = (value: string) => /^[\w-]{16,512}$/.test(value)

const signEmptyMessage = (key: string) => createHmac('sha256', key).update('').digest('hex')

function isEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
