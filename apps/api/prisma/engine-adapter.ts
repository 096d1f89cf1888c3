import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** Connects the schema engine to a database and a shadow database. The engine may drop all data of the latter. */
export function createEngineAdapter(
  database: pg.Pool,
  shadow: pg.Pool,
): SqlMigrationAwareDriverAdapterFactory {
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
      const result = await queryRaw(query)
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type,
      )
      return { ...result, columnTypes }
    },

    // The adapter's implementation splits at every semicolon, even inside a function body.
    async executeScript(script: string) {
      await pool.query(script)
    },
  })
}

/**
 * Reports "char" columns to the adapter as UUID. PostgreSQL's catalog has such columns: the engine needs them and the
 * adapter rejects their type. No catalog column is a UUID, so `connect` can reverse the mapping.
 */
function charAsUuid(pool: pg.Pool): pg.Pool {
  const query = async (config: pg.QueryArrayConfig) => {
    const result = await pool.query(config)
    for (const field of result.fields ?? []) {
      if (field.dataTypeID === pg.types.builtins.CHAR) field.dataTypeID = pg.types.builtins.UUID
    }
    return result
  }
  return new Proxy(pool, {
    get(target, key) {
      if (key === 'query') return query
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
