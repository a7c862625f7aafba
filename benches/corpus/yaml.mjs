// Writes the YAML of many similar files quickly: what a family of variants shares is put into words once, by the library.
// Lives here: scalars and the parts of a file of the content. Never here: what stands in them.
import { blake3 } from '@noble/hashes/blake3';
import { stringify } from 'yaml';

/** A text as the content writes it: plain where YAML reads it back unchanged, else in double quotes. */
export const scalar = (text) => (/^\p{Script=Han}[^\s:#]*$/u.test(text) ? text : JSON.stringify(text));

/** A mapping of texts, in block style, below a key. */
export const mapping = (key, texts) => `${key}:\n${Object.entries(texts).map(([field, text]) => `  ${field}: ${scalar(text)}\n`).join('')}`;

/** A mapping of words without blanks, in one line. */
export const flow = (key, words) => `${key}: {${Object.entries(words).map(([field, word]) => `${field}: "${word}"`).join(', ')}}\n`;

/** A list of ids in one line. */
export const list = (key, ids) => (ids.length ? `${key}: [${ids.join(', ')}]\n` : '');

/** Any other mapping, each key in one line. */
export const rest = (value) =>
  Object.entries(value).map(([key, part]) => `${key}: ${stringify(part, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trimEnd()}\n`).join('');

const HEX = [...Array(256).keys()].map((byte) => byte.toString(16).padStart(2, '0'));

/** The fingerprint of a source text, as translations carry it: see `model::fingerprint`. */
export function fingerprint(text) {
  return [...blake3(new TextEncoder().encode(text.normalize('NFC'))).subarray(0, 6)].map((byte) => HEX[byte]).join('');
}
