export { ParquetSchema } from './ParquetSchema.ts'
export { Parquet, type ParquetOptions, type ParquetRecords } from './Parquet.ts'
