/**
 * Runs SQL statements with DuckDB and prints the last one's rows as JSON. Plain JavaScript, because
 * Node's TypeScript loader would be part of the measured time.
 */
import { DuckDBInstance } from '@duckdb/node-api'

const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
let rows
for (const sql of process.argv.slice(2)) rows = await connection.runAndReadAll(sql)
console.log(JSON.stringify(rows?.getRowsJson()))
