import type { Service } from './_service.ts'

/** Takes every member, session and event out of a service, so that a test begins with none. */
export async function empty({ database, wechat }: Service): Promise<void> {
  await database.prisma.$transaction([
    database.prisma.loginEvent.deleteMany(),
    database.prisma.familyMember.deleteMany(),
  ])
  wechat.clock.advance(60_000) // WeChat counts calls per person and minute
}
