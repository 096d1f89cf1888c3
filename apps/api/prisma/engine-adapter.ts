import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** Joins the schema engine to a database, and to another one in which it may do as it likes. */
export function createEngineAdapter(database: pg.Pool, shadow: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(database),
    async connectToShadowDb() {
      await shadow.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
      return connect(shadow)
    },
  }
}

async function connect(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const adapter = await new PrismaPg(charAsUuid(pool)).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  return Object.assign(adapter, {
    async queryRaw(query: SqlQuery) {
      const answer = await queryRaw(query)
      const columnTypes = answer.columnTypes.map((type) =>
        type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type,
      )
      return { ...answer, columnTypes }
    },

    // The adapter's own splits at every semicolon, also inside the body of a function.
    async executeScript(script: string) {
      await pool.query(script)
    },
  })
}

/**
 * PostgreSQL's catalogue has columns of one byte ("char"), which the adapter refuses and the engine needs. The catalogue
 * has no column of type UUID, so they pass the adapter under that name.
 */
function charAsUuid(pool: pg.Pool): pg.Pool {
  const query = async (asked: pg.QueryArrayConfig) => {
    const answer = await pool.query(asked)
    for (const field of answer.fields ?? []) {
      if (field.dataTypeID === pg.types.builtins.CHAR) field.dataTypeID = pg.types.builtins.UUID
    }
    return answer
  }
  return new Proxy(pool, {
    get(target, key) {
      if (key === 'query') return query
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
