/**
 * True for a text that a spreadsheet takes for a formula (OWASP, "CSV Injection"): it begins with
 * = + - @, also full-width, a tab or a line end; also after spaces and controls.
 */
export const isFormula = (text: string): boolean => /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text)
