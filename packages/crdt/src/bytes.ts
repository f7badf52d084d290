/** Bytes for other formats that travel beside updates: the protocol's messages are written and read with these two. */
export { type DecodeError, type DecodeErrorCode, Reader, read } from './codec/reader.ts'
export { Writer } from './codec/writer.ts'
