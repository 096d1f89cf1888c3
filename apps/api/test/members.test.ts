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

    test('the first login makes a member, the second finds it', async () => {
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

    test('fifty first logins at once make one member, new once', async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => members().findOrCreate(alice)))
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(new Set(answers.map(({ member }) => member.id)).size).toBe(1)
      expect(await db().prisma.familyMember.count()).toBe(1)
    })

    test('fifty first logins at once, each in a transaction, make one member, new once', async () => {
      const enter = () =>
        db().prisma.$transaction((transaction) => createPrismaMemberStore(transaction).findOrCreate(alice))
      const answers = await Promise.all(Array.from({ length: 50 }, enter))
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await db().prisma.familyMember.count()).toBe(1)
    })

    test('a login that is rolled back leaves no member', async () => {
      const broken = db().prisma.$transaction(async (transaction) => {
        await createPrismaMemberStore(transaction).findOrCreate(alice)
        throw new Error('the power fails')
      })
      await expect(broken).rejects.toThrow('the power fails')
      expect(await members().byOpenId(alice.openId)).toBeUndefined()
    })

    test('a changed phone is updated, the name is kept', async () => {
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

    test('a unionid is filled in when it becomes known, and is not changed after that', async () => {
      await members().findOrCreate(alice)
      const learned = await members().findOrCreate({ ...alice, unionId: 'u-alice' })
      expect(learned).toMatchObject({ isNew: false, member: { unionId: 'u-alice' } })
      expect((await members().findOrCreate({ ...alice, unionId: 'u-other' })).member.unionId).toBe('u-alice')
      expect((await members().findOrCreate(alice)).member.unionId).toBe('u-alice')
    })

    test('a member is found by unionid when the openid is another', async () => {
      const { member } = await members().findOrCreate({ ...alice, unionId: 'u-alice' })
      const moved = await members().findOrCreate({
        ...alice,
        unionId: 'u-alice',
        openId: 'o-alice-elsewhere',
      })
      expect(moved).toMatchObject({ isNew: false, member: { id: member.id, openId: 'o-alice-elsewhere' } })
    })

    test('two rows of one person stay two when their unionid becomes known', async () => {
      const { member: first } = await members().findOrCreate(alice)
      await members().findOrCreate({ ...alice, openId: 'o-alice-2', unionId: 'u-alice' })
      const later = await members().findOrCreate({ ...alice, unionId: 'u-alice' })
      expect(later.member).toMatchObject({ id: first.id, unionId: null })
    })

    const registerBeforehand = (data: { name?: string; openId?: string; deletedAt?: Date } = {}) =>
      db().prisma.familyMember.create({ data: { phone: alice.phone, ...data } })

    test('a row registered beforehand is claimed by the first login with its number', async () => {
      const { id } = await registerBeforehand({ name: 'Alice' })
      const entered = await members().findOrCreate({ ...alice, unionId: 'u-alice' })
      expect(entered).toMatchObject({
        isNew: false,
        member: { id, openId: alice.openId, unionId: 'u-alice', name: 'Alice' },
      })
    })

    test('fifty logins at once claim a row once', async () => {
      const { id } = await registerBeforehand()
      const enter = () => db().prisma.$transaction((tx) => createPrismaMemberStore(tx).findOrCreate(alice))
      const answers = await Promise.all(Array.from({ length: 50 }, enter))
      expect(new Set(answers.map(({ member }) => member.id))).toEqual(new Set([id]))
      expect(await db().prisma.familyMember.count()).toBe(1)
    })

    test('of two accounts with one number, one claims the row and the other gets its own', async () => {
      const { id } = await registerBeforehand()
      const enter = (openId: string) =>
        db().prisma.$transaction((tx) => createPrismaMemberStore(tx).findOrCreate({ ...alice, openId }))
      const answers = await Promise.all([enter('o-alice'), enter('o-bob')])
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(answers.filter(({ member }) => member.id === id)).toHaveLength(1)
    })

    test('a number that is not bound to the account claims nothing', async () => {
      const { id } = await registerBeforehand()
      const entered = await members().findOrCreate({ ...alice, phoneIsBound: false })
      expect(entered.isNew).toBe(true)
      expect(entered.member.id).not.toBe(id)
    })

    test("neither another member's row nor a closed account is claimed", async () => {
      await registerBeforehand({ openId: 'o-bob' })
      await registerBeforehand({ deletedAt: new Date() })
      expect((await members().findOrCreate(alice)).isNew).toBe(true)
    })

    test('every number a member has had is noted, once', async () => {
      const { member } = await members().findOrCreate(alice)
      const enter = (phone: string) => () =>
        db().prisma.$transaction((tx) => createPrismaMemberStore(tx).findOrCreate({ ...alice, phone }))
      await Promise.all(Array.from({ length: 10 }, enter('+85291234567')))
      await enter(alice.phone)()
      await enter(alice.phone)()
      const noted = await db().prisma.memberPhone.findMany({ orderBy: { id: 'asc' } })
      expect(noted.map(({ memberId, phone, until }) => [memberId, phone, until !== null])).toEqual([
        [member.id, alice.phone, true],
        [member.id, '+85291234567', true],
        [member.id, alice.phone, false],
      ])
    })

    test('a banned member and a closed account are found as they are', async () => {
      await members().findOrCreate(alice)
      const deletedAt = new Date('2026-02-03T04:05:06.789Z')
      await db().prisma.familyMember.updateMany({ data: { status: 'banned', deletedAt, gender: 1 } })
      const entered = await members().findOrCreate(alice)
      expect(entered).toMatchObject({
        isNew: false,
        member: { status: 'banned', deletedAt, gender: 'female' },
      })
    })

    test('nobody is found under an id or openid that no row has', async () => {
      expect(await members().byId(9_223_372_036_854_775_807n)).toBeUndefined()
      expect(await members().byOpenId('o-nobody')).toBeUndefined()
    })
  })
}
