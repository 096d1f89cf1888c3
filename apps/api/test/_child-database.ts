// Opens the database named on the command line, writes `open` to standard output, and runs until it is killed.
import { openDatabase } from '../src/database/open-database.ts'

const database = await openDatabase(process.argv[2] ?? '')
await database.prisma.familyMember.create({ data: { phone: '+8613800138000' } })
process.stdout.write('open\n')
process.stdin.resume()
