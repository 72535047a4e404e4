/** Options of the renderers for a terminal or a log. */
export interface TextOptions {
  /** Use ANSI colours. Default: false. */
  readonly colours?: boolean
  /** Hide API keys and organization ids: see `redact`. Default: false. */
  readonly redacted?: boolean
}

/** Options of the renderers for Markdown and HTML. */
export interface MarkupOptions {
  /** A heading, such as the name of the run. */
  readonly title?: string
  /** Hide API keys and organization ids: see `redact`. Default: false. */
  readonly redacted?: boolean
}
