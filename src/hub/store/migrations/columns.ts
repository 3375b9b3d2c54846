import type { CreateTableBuilder } from 'kysely'

export interface Columns {
  readonly build: CreateTableBuilder<string, string>
  key(name: string): Columns
  text(...names: readonly string[]): Columns
  maybe(...names: readonly string[]): Columns
  whole(...names: readonly string[]): Columns
  and(add: (build: CreateTableBuilder<string, string>) => CreateTableBuilder<string, string>): Columns
  done(...primaryKey: readonly string[]): Promise<void>
}

/** The few kinds of columns there are, in few words. */
export function columns(table: string, build: CreateTableBuilder<string, string>): Columns {
  const adding = (
    names: readonly string[],
    add: (build: CreateTableBuilder<string, string>, name: string) => CreateTableBuilder<string, string>,
  ) => columns(table, names.reduce(add, build))
  return {
    build,
    key: (name) =>
      columns(
        table,
        build.addColumn(name, 'text', (column) => column.primaryKey()),
      ),
    text: (...names) => adding(names, (so, name) => so.addColumn(name, 'text', (column) => column.notNull())),
    maybe: (...names) => adding(names, (so, name) => so.addColumn(name, 'text')),
    whole: (...names) =>
      adding(names, (so, name) => so.addColumn(name, 'integer', (column) => column.notNull())),
    and: (add) => columns(table, add(build)),
    async done(...primaryKey) {
      const complete =
        primaryKey.length === 0 ? build : build.addPrimaryKeyConstraint(`${table}_primary`, [...primaryKey])
      await complete.execute()
    },
  }
}
