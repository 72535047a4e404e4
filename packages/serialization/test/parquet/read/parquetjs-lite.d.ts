/** The package has no types. */
declare module 'parquetjs-lite' {
  interface Field {
    readonly type?: 'INT64' | 'UTF8' | 'DOUBLE' | 'BOOLEAN' | 'LIST' | 'MAP'
    readonly optional?: boolean
    readonly repeated?: boolean
    readonly compression?: 'GZIP' | 'SNAPPY'
    readonly fields?: Fields
  }
  type Fields = Readonly<Record<string, Field>>
  export class ParquetSchema {
    readonly fields: object
    constructor(fields: Fields)
  }
  export class ParquetWriter {
    static openFile(
      schema: ParquetSchema,
      path: string,
      options?: { readonly useDataPageV2?: boolean },
    ): Promise<ParquetWriter>
    appendRow(row: object): Promise<void>
    close(): Promise<void>
  }
}
