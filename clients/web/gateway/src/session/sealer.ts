// Seals what a browser keeps for us and must neither read nor change. AES-256-GCM under a key that
// is derived for each text from the deployment's key and a random salt, so that no number of texts
// brings a nonce to repeat. Wrong or foreign text opens as undefined, never as an error.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

const VERSION = "1";
const KEY_ID_BYTES = 4;
const SALT_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LONGEST_TEXT = 4096;

export class Sealer {
  readonly #purpose: string;
  readonly #keys: readonly { readonly id: Buffer; readonly key: Buffer }[];

  /** The first key seals, every key opens. A text opens only under the purpose it was sealed for. */
  constructor(keys: readonly Buffer[], purpose: string) {
    this.#purpose = purpose;
    this.#keys = keys.map((key) => ({
      id: createHash("sha256").update("key id").update(key).digest().subarray(0, KEY_ID_BYTES),
      key,
    }));
  }

  seal(text: string): string {
    const first = this.#keys[0];
    if (first === undefined) throw new Error("a sealer needs a key");
    const salt = randomBytes(SALT_BYTES);
    const { key, nonce } = this.#derive(first.key, salt);
    const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
    const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    const sealed = Buffer.concat([first.id, salt, body, cipher.getAuthTag()]);
    return `${VERSION}.${sealed.toString("base64url")}`;
  }

  open(sealed: string): string | undefined {
    if (sealed.length > LONGEST_TEXT || !sealed.startsWith(`${VERSION}.`)) return undefined;
    const bytes = Buffer.from(sealed.slice(VERSION.length + 1), "base64url");
    if (bytes.length < KEY_ID_BYTES + SALT_BYTES + TAG_BYTES) return undefined;
    const id = bytes.subarray(0, KEY_ID_BYTES);
    const known = this.#keys.find((candidate) => candidate.id.equals(id));
    if (known === undefined) return undefined;
    const salt = bytes.subarray(KEY_ID_BYTES, KEY_ID_BYTES + SALT_BYTES);
    const { key, nonce } = this.#derive(known.key, salt);
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const body = bytes.subarray(KEY_ID_BYTES + SALT_BYTES, -TAG_BYTES);
    try {
      return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
    } catch {
      return undefined;
    }
  }

  #derive(key: Buffer, salt: Buffer): { key: Buffer; nonce: Buffer } {
    const info = `redress gateway ${VERSION} ${this.#purpose}`;
    const derived = Buffer.from(hkdfSync("sha256", key, salt, info, 32 + NONCE_BYTES));
    return { key: derived.subarray(0, 32), nonce: derived.subarray(32) };
  }
}
