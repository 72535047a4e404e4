import { DatabaseSync } from 'node:sqlite'

/**
 * Multiplies the runs of a database until there are this many, each with an id and a history of its
 * own: seconds, where an import of as many takes half a minute.
 */
export const multiplyRuns = (path: string, count: number): void => {
  const db = new DatabaseSync(path)
  db.exec('pragma synchronous = off; pragma cache_size = -200000; pragma temp_store = memory')
  const rows = (db.prepare('select count(*) as n from runs').get() as { readonly n: number }).n
  const columns = db
    .prepare("select name from pragma_table_info('runs') where name <> 'run'")
    .all()
    .map(({ name }) => String(name))
  const changed: Readonly<Record<string, string>> = {
    run_key: "run_key || '-' || n",
    id: "id || '-' || n",
    born: 'born - n * 400000',
    created_at: 'created_at - n * 400000',
    last_activity: 'last_activity - n * 400000',
  }
  const times = Math.ceil(count / rows) - 1
  const numbers = `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${times})`
  db.exec(`begin immediate;
    ${numbers} insert into runs (${columns.join(', ')})
      select ${columns.map(column => changed[column] ?? column).join(', ')} from numbers, runs
      order by n, run limit ${count - rows};
    create temp table copies as select run as copy, (run - 1) % ${rows} + 1 as run from runs where run > ${rows};
    insert into searches (run, text) select copy, lower(runs.id) || ' ' || text
      from copies join searches using (run) join runs on runs.run = copy;
    insert into records (run, body) select copy, body from copies join records using (run);
    insert into entries (run, n, digest, value_digest, seen_at, source, kind, is_whole, body)
      select copy, n, digest, value_digest, seen_at, source, kind, is_whole, body from copies join entries using (run);
    commit`)
  db.close()
}
