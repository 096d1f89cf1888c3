import { describe, expect, test } from 'vitest'
import { createPrismaMembers } from '../src/members/prisma-members.ts'
import { databases } from './_databases.ts'

const alice = { openId: 'o-alice', unionId: null, phone: '+8613800138915', name: '好柿开花8915' }

describe.each(databases)('members on $name', (database) => {
  test('the first login makes a member, the second finds it', async () => {
    await using db = await database.fresh()
    const members = createPrismaMembers(db.prisma)
    const first = await members.enter(alice)
    const second = await members.enter(alice)
    expect(first.isNew).toBe(true)
    expect(first.member).toMatchObject({ ...alice, status: 'active', gender: null, deletedAt: null })
    expect(second).toEqual({ member: first.member, isNew: false })
  })

  test('fifty first logins at once make one member, new once', async () => {
    await using db = await database.fresh()
    const members = createPrismaMembers(db.prisma)
    const answers = await Promise.all(Array.from({ length: 50 }, () => members.enter(alice)))
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(answers.map(({ member }) => member.id)).size).toBe(1)
    expect(await db.prisma.familyMember.count()).toBe(1)
  })
})
