export { Avro } from './Avro.ts'
export { AvroSchema } from './AvroSchema.ts'
