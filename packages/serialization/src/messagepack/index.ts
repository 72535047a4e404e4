export { MessagePack } from './MessagePack.ts'
