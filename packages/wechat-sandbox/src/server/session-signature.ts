import { createHmac } from 'node:crypto'
import type { WeChatApp } from '../state/apps.ts'
import type { WeChatAccount } from '../state/people.ts'
import { parameter, type WeChatCall } from './call.ts'
import { optionalJsonBody, textField } from './json-body.ts'
import { errcodeError } from './refuse.ts'

/**
 * The person whose openid the call names and whose session key it has signed with: HMAC-SHA256 over nothing, the key
 * being the base64 text itself. The document lists the fields as a body, its sample puts them in the query: both do.
 */
export function requireSessionSignature(call: WeChatCall, app: WeChatApp): WeChatAccount {
  const body = optionalJsonBody(call)
  const read = (name: string) => parameter(call, name) ?? textField(body, name)
  const openid = read('openid')
  const person = openid === undefined ? undefined : call.state.people.ownerOf(app, openid)
  if (!person) throw errcodeError(call, 40003)
  call.log.person = person
  if (read('sig_method') !== 'hmac_sha256') throw errcodeError(call, 87008)
  const key = call.state.sessionKeys.peek(app, person)
  if (!key || read('signature') !== signNothing(key.value)) throw errcodeError(call, 87009)
  return person
}

const signNothing = (key: string) => createHmac('sha256', key).update('').digest('hex')
