import protobuf from 'protobufjs'

interface FrameData {
  SeqID: number
  LogID: number
  service: number
  method: number
  headers: { key: string; value: string }[]
  payload?: Uint8Array
}

/** The frames of the long connection, as the vendor's SDK has them (proto2). */
const { root } = protobuf.parse(
  `
  syntax = "proto2";
  message Header { required string key = 1; required string value = 2; }
  message Frame {
    required uint64 SeqID = 1;
    required uint64 LogID = 2;
    required int32 service = 3;
    required int32 method = 4;
    repeated Header headers = 5;
    optional string payloadEncoding = 6;
    optional string payloadType = 7;
    optional bytes payload = 8;
    optional string LogIDNew = 9;
  }
`,
  { keepCase: true },
)
const Frame = root.lookupType('Frame')

export interface ReceivedFrame {
  /** 0 control, 1 data. */
  method: number
  headers: Record<string, string>
  payload: string
}

export function encodeFrame(
  method: number,
  headers: Record<string, string>,
  payload: Uint8Array,
): Uint8Array {
  const frame: FrameData = {
    SeqID: 1,
    LogID: 1,
    service: 7,
    method,
    headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    payload,
  }
  return Frame.encode(Frame.create({ ...frame })).finish()
}

export function decodeFrame(bytes: Uint8Array): ReceivedFrame {
  const frame = Frame.toObject(Frame.decode(bytes), { longs: Number }) as FrameData
  return {
    method: frame.method,
    headers: Object.fromEntries((frame.headers ?? []).map(({ key, value }) => [key, value])),
    payload: Buffer.from(frame.payload ?? []).toString('utf8'),
  }
}
