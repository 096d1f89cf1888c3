/** A row of `family_member`, as the rest of the service sees it. */
export interface StoredMember {
  id: bigint
  /** Null in a row that was registered beforehand and has not logged in yet. */
  openId: string | null
  unionId: string | null
  /** E.164. */
  phone: string
  /** Empty when nobody has given one yet; `enter` always leaves one. */
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

/** Who stands at the door: a WeChat account, and the phone number that WeChat vouches for. */
export interface Arrival {
  openId: string
  /** Null when the mini-program belongs to no open-platform account. */
  unionId: string | null
  /** E.164. */
  phone: string
  /** Whether WeChat confirmed that this very account gave the number. */
  phoneIsBound: boolean
  /** The name of a member who has none. */
  name: string
}

/** The members on record. A member is found whatever their state: whether they may come in is the caller's to judge. */
export interface Members {
  byId(id: bigint): Promise<StoredMember | undefined>
  byOpenId(openId: string): Promise<StoredMember | undefined>

  /**
   * Finds the member behind a WeChat account, by openid, then by unionid; or claims the row that was registered
   * beforehand for the phone number, if it is bound; or makes one. A number never leads to another account's row.
   *
   * A changed phone is updated and noted, a name is kept, an unknown unionid is filled in. However many first logins of
   * one account come at once, one row is made and `isNew` is true once; a claimed row is not new. Made for a transaction.
   */
  enter(arrival: Arrival): Promise<{ member: StoredMember; isNew: boolean }>
}
