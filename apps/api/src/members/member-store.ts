/** A row of `family_member`. The field names are those of the Prisma model. */
export interface StoredMember {
  id: bigint
  /** Null in a pre-registered row, which no account has claimed yet. */
  openId: string | null
  unionId: string | null
  /** E.164. */
  phone: string
  /** Empty in a pre-registered row without a name; `findOrCreate` always sets one. */
  name: string
  avatar: string | null
  gender: 'male' | 'female' | null
  country: string | null
  province: string | null
  city: string | null
  status: 'active' | 'banned'
  /** When the account was closed. */
  deletedAt: Date | null
  createTime: Date
  updateTime: Date
}

/** A WeChat account and a phone number, both verified by WeChat. */
export interface VerifiedIdentity {
  openId: string
  /** Null when the mini-program belongs to no open-platform account. */
  unionId: string | null
  /** E.164. */
  phone: string
  /** Whether WeChat confirmed that this account gave the number. */
  phoneIsBound: boolean
  /** The name for a member without one. */
  name: string
}

/** The members. A member is found whatever the status; `assertMemberActive` decides on access. */
export interface MemberStore {
  byId(id: bigint): Promise<StoredMember | undefined>
  byOpenId(openId: string): Promise<StoredMember | undefined>

  /**
   * Finds the member of a WeChat account, claims a pre-registered row, or creates a member. Needs a transaction.
   *
   * Looks up by openid, then by unionid. A row pre-registered for the phone number is claimed only if the number is
   * bound; a phone number never leads to the row of another account. A changed phone is updated and recorded, the name
   * is kept, a missing unionid is filled in. Parallel first logins of one account create one row, and `isNew` is true
   * for one of them; a claimed row is not new.
   */
  findOrCreate(identity: VerifiedIdentity): Promise<{ member: StoredMember; isNew: boolean }>
}
