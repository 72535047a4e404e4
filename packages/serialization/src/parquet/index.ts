export { Parquet, type ParquetOptions, type ParquetRecords } from './Parquet.ts'
