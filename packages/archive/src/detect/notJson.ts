/**
 * Returns what a text is that was taken for JSON and is none, and the remedy: people copy from a
 * shell, a notebook or a log.
 */
export const notJson = (bytes: Uint8Array): string | undefined => {
  const beginning = String.fromCharCode(...bytes.subarray(0, beginningBytes))
  return patterns.find(([pattern]) => pattern.test(beginning))?.[1]
}

const beginningBytes = 256

/** Texts by patterns, each of which looks at every byte once. */
const patterns: ReadonlyArray<readonly [pattern: RegExp, reason: string]> = [
  [/^\s*[[{(]\s*(?:\{\s*)?'/, 'a dictionary as Python prints it. Write it as JSON: json.dumps(record)'],
  [
    /^\s*[[(]?[A-Z]\w*(?:\[\w+\])?\(\w+=/,
    'an object as Python prints it. Write it as JSON: record.model_dump_json()',
  ],
  [
    /^\s*(?:\[\s*)?\{\s*[A-Za-z_$][\w$]*\s*:/,
    'an object as JavaScript prints it. Write it as JSON: JSON.stringify(record)',
  ],
  [
    // bytes from 80 to 9f are parts of characters in UTF-8
    /^(?:\P{Cc}|[\x80-\x9f]){0,80}(?![\x80-\x9f])\p{Cc}\[[\d;]*m/u,
    'text with the colours of a terminal. Write it without: jq -M, or NO_COLOR=1',
  ],
  [
    /^(?:PGDMP|--\s+-- PostgreSQL database )/,
    'a dump of PostgreSQL. Pass its rows: psql -c "COPY … TO STDOUT CSV HEADER"',
  ],
  [/^HTTP\/\d/, 'an HTTP response with its headers. Pass its body: curl without -i'],
  [/^\s*```/, 'a code block of Markdown. Pass the lines between its fences'],
  [
    /^\[?(?:\d{4}-\d\d-\d\d[ T]|\d\d:\d\d:\d\d|(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR)\b)/,
    'lines of a log. Pass the JSON in them, one record a line',
  ],
]
