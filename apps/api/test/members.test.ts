import { describe, expect, test } from 'vitest'
import type { VerifiedIdentity } from '../src/members/member-store.ts'
import { createPrismaMemberStore } from '../src/members/prisma-member-store.ts'
import { databases, shareDatabase } from './_databases.ts'

const alice: VerifiedIdentity = {
  openId: 'o-alice',
  unionId: null,
  phone: '+8613800138915',
  phoneIsBound: true,
  name: '好柿开花8915',
}

for (const database of databases) {
  describe(`members on ${database.name}`, () => {
    const db = shareDatabase(database)
    const members = () => createPrismaMemberStore(db().prisma)

    test('the first login creates a member, the second finds it', async () => {
      const first = await members().findOrCreate(alice)
      expect(first.isNew).toBe(true)
      expect(first.member).toMatchObject({
        openId: alice.openId,
        phone: alice.phone,
        name: alice.name,
        status: 'active',
        gender: null,
        deletedAt: null,
      })
      expect(await members().findOrCreate(alice)).toEqual({ member: first.member, isNew: false })
      expect(await members().byId(first.member.id)).toEqual(first.member)
      expect(await members().byOpenId(alice.openId)).toEqual(first.member)
    })

    test('fifty concurrent first logins create one member, new once', async () => {
      const results = await Promise.all(Array.from({ length: 50 }, () => members().findOrCreate(alice)))
      expect(results.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(new Set(results.map(({ member }) => member.id)).size).toBe(1)
      expect(await db().prisma.familyMember.count()).toBe(1)
    })

    test('fifty concurrent first logins in transactions create one member, new once', async () => {
      const logIn = () =>
        db().prisma.$transaction((transaction) => createPrismaMemberStore(transaction).findOrCreate(alice))
      const results = await Promise.all(Array.from({ length: 50 }, logIn))
      expect(results.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await db().prisma.familyMember.count()).toBe(1)
    })

    test('a login that is rolled back leaves no member', async () => {
      const broken = db().prisma.$transaction(async (transaction) => {
        await createPrismaMemberStore(transaction).findOrCreate(alice)
        throw new Error('rollback')
      })
      await expect(broken).rejects.toThrow('rollback')
      expect(await members().byOpenId(alice.openId)).toBeUndefined()
    })

    test('a changed phone number is updated, and the name is not', async () => {
      const { member } = await members().findOrCreate(alice)
      const phone = '+85291234567'
      const later = await members().findOrCreate({ ...alice, phone, name: '大桔大利4567' })
      expect(later).toMatchObject({ isNew: false, member: { id: member.id, phone, name: alice.name } })
    })

    test('a login that changes nothing writes nothing', async () => {
      const { member } = await members().findOrCreate(alice)
      const { member: later } = await members().findOrCreate(alice)
      expect(later.updateTime).toEqual(member.updateTime)
    })

    test('a member without a name gets one at the next login', async () => {
      await db().prisma.familyMember.create({ data: { openId: alice.openId, phone: alice.phone } })
      expect(await members().byOpenId(alice.openId)).toMatchObject({ name: '' })
      expect(await members().findOrCreate(alice)).toMatchObject({
        isNew: false,
        member: { name: alice.name },
      })
    })

    test('two members may hold one phone number', async () => {
      const first = await members().findOrCreate(alice)
      const second = await members().findOrCreate({ ...alice, openId: 'o-bob' })
      expect(second.isNew).toBe(true)
      expect(second.member.id).not.toBe(first.member.id)
    })

    test('a unionid is stored when it becomes known, and not changed later', async () => {
      await members().findOrCreate(alice)
      const learned = await members().findOrCreate({ ...alice, unionId: 'u-alice' })
      expect(learned).toMatchObject({ isNew: false, member: { unionId: 'u-alice' } })
      expect((await members().findOrCreate({ ...alice, unionId: 'u-other' })).member.unionId).toBe('u-alice')
      expect((await members().findOrCreate(alice)).member.unionId).toBe('u-alice')
    })

    test('a member with another openid is found by unionid', async () => {
      const { member } = await members().findOrCreate({ ...alice, unionId: 'u-alice' })
      const moved = await members().findOrCreate({
        ...alice,
        unionId: 'u-alice',
        openId: 'o-alice-elsewhere',
      })
      expect(moved).toMatchObject({ isNew: false, member: { id: member.id, openId: 'o-alice-elsewhere' } })
    })

    test('two rows of one person are not merged when their unionid becomes known', async () => {
      const { member: first } = await members().findOrCreate(alice)
      await members().findOrCreate({ ...alice, openId: 'o-alice-2', unionId: 'u-alice' })
      const later = await members().findOrCreate({ ...alice, unionId: 'u-alice' })
      expect(later.member).toMatchObject({ id: first.id, unionId: null })
    })

    const registerByPhone = (data: { name?: string; openId?: string; deletedAt?: Date } = {}) =>
      db().prisma.familyMember.create({ data: { phone: alice.phone, ...data } })

    test('a row registered by phone is claimed by the first login with its number', async () => {
      const { id } = await registerByPhone({ name: 'Alice' })
      const result = await members().findOrCreate({ ...alice, unionId: 'u-alice' })
      expect(result).toMatchObject({
        isNew: false,
        member: { id, openId: alice.openId, unionId: 'u-alice', name: 'Alice' },
      })
    })

    test('fifty concurrent logins claim a row once', async () => {
      const { id } = await registerByPhone()
      const logIn = () => db().prisma.$transaction((tx) => createPrismaMemberStore(tx).findOrCreate(alice))
      const results = await Promise.all(Array.from({ length: 50 }, logIn))
      expect(new Set(results.map(({ member }) => member.id))).toEqual(new Set([id]))
      expect(await db().prisma.familyMember.count()).toBe(1)
    })

    test('one of two accounts with the same number claims the row, and the other gets a new one', async () => {
      const { id } = await registerByPhone()
      const logIn = (openId: string) =>
        db().prisma.$transaction((tx) => createPrismaMemberStore(tx).findOrCreate({ ...alice, openId }))
      const results = await Promise.all([logIn('o-alice'), logIn('o-bob')])
      expect(results.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(results.filter(({ member }) => member.id === id)).toHaveLength(1)
    })

    test('a number that is not bound to the account claims no row', async () => {
      const { id } = await registerByPhone()
      const result = await members().findOrCreate({ ...alice, phoneIsBound: false })
      expect(result.isNew).toBe(true)
      expect(result.member.id).not.toBe(id)
    })

    test('the row of another member or a closed account is not claimed', async () => {
      await registerByPhone({ openId: 'o-bob' })
      await registerByPhone({ deletedAt: new Date() })
      expect((await members().findOrCreate(alice)).isNew).toBe(true)
    })

    test('every phone number of a member is recorded once', async () => {
      const { member } = await members().findOrCreate(alice)
      const logIn = (phone: string) => () =>
        db().prisma.$transaction((tx) => createPrismaMemberStore(tx).findOrCreate({ ...alice, phone }))
      await Promise.all(Array.from({ length: 10 }, logIn('+85291234567')))
      await logIn(alice.phone)()
      await logIn(alice.phone)()
      const recorded = await db().prisma.memberPhone.findMany({ orderBy: { id: 'asc' } })
      expect(recorded.map(({ memberId, phone, until }) => [memberId, phone, until !== null])).toEqual([
        [member.id, alice.phone, true],
        [member.id, '+85291234567', true],
        [member.id, alice.phone, false],
      ])
    })

    test('a banned member and a closed account are found with their status', async () => {
      await members().findOrCreate(alice)
      const deletedAt = new Date('2026-02-03T04:05:06.789Z')
      await db().prisma.familyMember.updateMany({ data: { status: 'banned', deletedAt, gender: 1 } })
      const result = await members().findOrCreate(alice)
      expect(result).toMatchObject({
        isNew: false,
        member: { status: 'banned', deletedAt, gender: 'female' },
      })
    })

    test('an unknown id or openid finds no member', async () => {
      expect(await members().byId(9_223_372_036_854_775_807n)).toBeUndefined()
      expect(await members().byOpenId('o-unknown')).toBeUndefined()
    })
  })
}
