// A content of attacks, laid out on the disk: the tokens of tests/fixtures/hostile are replaced as tests/it/hostile.rs does it.
import { cpSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './site.mjs';

const FIXTURE = join(REPOSITORY, 'tests/fixtures/hostile');
const TOKEN = '@hostile';

/** The payloads that are shown as text. */
export const payloads = () => JSON.parse(readFileSync(join(FIXTURE, 'payloads.json'), 'utf8')).shown;

/** Writes the content to a folder; the payload `shift` comes first. Hands back how many places were filled. */
export function layOut(folder, shift) {
  const all = payloads();
  let next = shift;
  mkdirSync(folder, { recursive: true });
  cpSync(join(FIXTURE, 'content'), folder, { recursive: true });
  const files = readdirSync(folder, { recursive: true }).map(String).filter((path) => statSync(join(folder, path)).isFile()).sort();
  for (const path of files) {
    const text = readFileSync(join(folder, path), 'utf8');
    // In YAML payloads stand in double quotes, in Markdown as they are.
    const body = path.endsWith('.md') ? text.lastIndexOf('\n---\n') : text.length;
    writeFileSync(join(folder, path), text.replaceAll(TOKEN, (_, at) => {
      const payload = all[next++ % all.length];
      return at < body ? JSON.stringify(payload).slice(1, -1) : payload;
    }));
  }
  return next - shift;
}
