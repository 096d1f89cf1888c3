import { Failure } from '@kinpass/contracts'
import type { Members, StoredMember } from '../members/members.ts'
import type { AccessTokens } from './access-token.ts'
import { readBearer } from './read-bearer.ts'
import { refuseUnwelcome } from './refuse-unwelcome.ts'

/** Finds the member behind an `authorization` header, or throws why there is none. */
export type CurrentMember = (authorization: string | undefined) => Promise<StoredMember>

/** A token proves who came; the row decides whether they may: a ban acts on live tokens at once. */
export function createCurrentMember(parts: { members: Members; accessTokens: AccessTokens }): CurrentMember {
  return async (authorization) => {
    const { memberId } = await parts.accessTokens.read(readBearer(authorization))
    const member = await parts.members.byId(memberId)
    if (member === undefined) throw new Failure('MEMBER_UNKNOWN')
    refuseUnwelcome(member)
    return member
  }
}
