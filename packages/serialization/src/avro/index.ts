export { Avro } from './Avro.ts'
