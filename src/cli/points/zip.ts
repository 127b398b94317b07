/**
 * The part of the zip format that NumPy uses: stored and deflated members, found through the central directory.
 *
 * Each member is inflated to the size that the directory states and no further, and the sizes together are limited
 * before anything is inflated, so that a small file cannot fill the memory. Every checksum is compared.
 */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { UsageError } from '../../errors.js';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
/** Beyond this a size is in a record of its own ("zip64"). */
const FULL = 0xffffffff;

const MOST_MEMBERS = 1000;
const LARGEST_CONTENT = 2 ** 29;

interface Member {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

/**
 * The members of an archive, by name.
 *
 * @param path of the file, for the messages
 * @throws UsageError for an archive that is truncated, damaged, encrypted, or too large unpacked
 */
export const readZip = (path: string, bytes: Uint8Array): ReadonlyMap<string, Uint8Array> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const broken = (what: string): never => {
    throw new UsageError(`${path}: ${what}`, 'Write it again with numpy.savez.');
  };
  const members = directory(view, bytes, broken);
  const total = members.reduce((sum, { size }) => sum + size, 0);
  if (total > LARGEST_CONTENT) return broken(`${total} bytes when unpacked, of at most ${LARGEST_CONTENT}`);
  const contents = new Map<string, Uint8Array>();
  for (const member of members) {
    if (contents.has(member.name)) return broken(`two members are called ${member.name}`);
    contents.set(member.name, unpack(view, bytes, member, broken));
  }
  return contents;
};

type Broken = (what: string) => never;

const directory = (view: DataView, bytes: Uint8Array, broken: Broken): Member[] => {
  let end = bytes.length - END_SIZE;
  // A comment of up to 65,535 bytes may follow, in which the mark may occur again: the directory ends where it begins.
  const first = Math.max(0, end - 0xffff);
  const isEnd = (): boolean => {
    const [size, at] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
    return view.getUint32(end, true) === END && (at === FULL || at + size === end);
  };
  while (end >= first && !isEnd()) end -= 1;
  if (end < first) return broken('not an archive, or a truncated one');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (at === FULL || count === 0xffff) return broken('an archive of the zip64 form, for which it is too large');
  if (count > MOST_MEMBERS) return broken(`${count} members, of at most ${MOST_MEMBERS}`);
  return Array.from({ length: count }, (): Member => {
    if (at + ENTRY_SIZE > end || view.getUint32(at, true) !== ENTRY) return broken('its directory is damaged');
    const [nameLength, extra, comment] = [28, 30, 32].map((x) => view.getUint16(at + x, true)) as [
      number,
      number,
      number,
    ];
    const member: Member = {
      name: Buffer.from(bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength)).toString('utf8'),
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    if ((view.getUint16(at + 8, true) & 1) === 1) return broken(`${member.name} is encrypted`);
    if ([member.packed, member.size, member.at].includes(FULL)) return broken(`${member.name} is too large`);
    at += ENTRY_SIZE + nameLength + extra + comment;
    return member;
  });
};

const unpack = (view: DataView, bytes: Uint8Array, member: Member, broken: Broken): Uint8Array => {
  const { name, method, checksum, packed, size, at } = member;
  if (at + LOCAL_SIZE > bytes.length || view.getUint32(at, true) !== LOCAL) {
    return broken(`${name} is not where it should be`);
  }
  const start = at + LOCAL_SIZE + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packed > bytes.length) return broken(`${name} is truncated`);
  const content = bytes.subarray(start, start + packed);
  const result = method === 0 ? content : method === 8 ? inflate(content, size) : undefined;
  if (method !== 0 && method !== 8) return broken(`${name} is packed by method ${method}, which is not known`);
  if (result?.length !== size) return broken(`${name} is damaged: it does not unpack to its size`);
  return crc32(result) === checksum ? result : broken(`${name} is damaged: its checksum differs`);
};

/** The content where it inflates to exactly this size, otherwise undefined. */
const inflate = (content: Uint8Array, size: number): Uint8Array | undefined => {
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  } catch {
    return undefined;
  }
};

/** 1 January 1980, the first date of the format: the same content gives the same bytes. */
const DATE = 0x0021;

/** An archive of these members, stored or deflated; no times, so that the same content gives the same bytes. */
export const writeZip = (members: ReadonlyMap<string, Uint8Array>, deflated = false): Uint8Array => {
  const parts: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of members) {
    const label = Buffer.from(name, 'utf8');
    const packed = deflated ? deflateRawSync(content) : content;
    const fields = new DataView(new ArrayBuffer(26));
    fields.setUint16(0, 20, true);
    fields.setUint16(4, deflated ? 8 : 0, true);
    fields.setUint16(8, DATE, true);
    fields.setUint32(10, crc32(content), true);
    fields.setUint32(14, packed.length, true);
    fields.setUint32(18, content.length, true);
    fields.setUint16(22, label.length, true);
    const shared = new Uint8Array(fields.buffer);
    const local = Buffer.alloc(LOCAL_SIZE);
    local.writeUInt32LE(LOCAL);
    local.set(shared, 4);
    const entry = Buffer.alloc(ENTRY_SIZE);
    entry.writeUInt32LE(ENTRY);
    entry.writeUInt16LE(20, 4);
    entry.set(shared, 6);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, label, packed);
    entries.push(entry, label);
    offset += local.length + label.length + packed.length;
  }
  const index = Buffer.concat(entries);
  const end = Buffer.alloc(END_SIZE);
  end.writeUInt32LE(END);
  end.writeUInt16LE(members.size, 8);
  end.writeUInt16LE(members.size, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
};
