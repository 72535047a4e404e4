// The rules and their reasons are in tooling/checks; globs are relative to this file.
export { walls as default } from './tooling/checks/src/walls.ts'
