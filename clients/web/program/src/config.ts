// The deployment's configuration, under the rules that the services follow: one TOML file for all
// programs, overridden by the environment (gateway.calls is REDRESS_GATEWAY_CALLS), checked at once.
// A section with a key `address`, none of whose keys is known here, is another program's: of it only
// the address is read. Wrong configuration ends the start with a ConfigError that says what to do.
import path from "node:path";

import { parse, type TomlTable } from "smol-toml";

export type KeyKind = "text" | "a whole number";

export interface ConfigKey {
  /** "section.key". */
  readonly name: string;
  readonly kind: KeyKind;
  /** Without one the key has to be given. */
  readonly default?: string;
  readonly help: string;
}

export class ConfigError extends Error {
  override name = "ConfigError";
}

export type Environment = Readonly<Record<string, string | undefined>>;

// Sections of the services that have no address; the services check what stands in them.
const SERVICE_SECTIONS = new Set(["database", "keys", "nats", "server"]);
const ADDRESS = ".address";
const WHOLE_NUMBER = /^-?\d{1,15}$/;

export function variableOf(key: string): string {
  return `REDRESS_${key.replaceAll(".", "_").toUpperCase()}`;
}

export class Config {
  /** "host:port" by section, of every section that has an address. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly #values: ReadonlyMap<string, string>;
  readonly #folder: string;

  private constructor(
    folder: string,
    values: ReadonlyMap<string, string>,
    addresses: ReadonlyMap<string, string>,
  ) {
    this.#folder = folder;
    this.#values = values;
    this.addresses = addresses;
  }

  /** `file` is named in errors, and relative paths start at its folder. */
  static parse(
    text: string,
    file: string,
    keys: readonly ConfigKey[],
    environment: Environment,
  ): Config {
    const given = new Map<string, unknown>();
    try {
      flatten(parse(text), "", given);
    } catch (error) {
      throw new ConfigError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
    refuseUnknown(file, given, keys);
    const values = new Map(keys.map((key) => [key.name, valueOf(file, given, key, environment)]));
    const addresses = new Map<string, string>();
    for (const [key, value] of given) {
      if (!key.endsWith(ADDRESS)) continue;
      const address = environment[variableOf(key)] ?? value;
      if (typeof address === "string") addresses.set(sectionOf(key), address);
    }
    return new Config(path.dirname(path.resolve(file)), values, addresses);
  }

  text(key: string): string {
    const value = this.#values.get(key);
    if (value === undefined) throw new Error(`the program did not declare the key ${key}`);
    return value;
  }

  number(key: string): number {
    return Number(this.text(key));
  }

  path(key: string): string {
    return path.resolve(this.#folder, this.text(key));
  }

  has(key: string): boolean {
    return this.text(key) !== "";
  }
}

/** The text of --help-config: every key with its kind, default, variable and meaning. */
export function configHelp(keys: readonly ConfigKey[]): string {
  let help = "";
  let section = "";
  for (const key of keys) {
    if (sectionOf(key.name) !== section) {
      section = sectionOf(key.name);
      help += `${help === "" ? "" : "\n"}[${section}]\n`;
    }
    const otherwise = key.default === undefined ? "required" : `default "${key.default}"`;
    help += `${key.name.slice(section.length + 1)}  (${key.kind}, ${otherwise}, ${variableOf(key.name)})\n`;
    help += `    ${key.help}\n`;
  }
  return help;
}

function sectionOf(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf(".")));
}

function flatten(table: TomlTable, prefix: string, out: Map<string, unknown>): void {
  for (const [name, value] of Object.entries(table)) {
    const key = prefix === "" ? name : `${prefix}.${name}`;
    if (isTable(value)) flatten(value, key, out);
    else out.set(key, value);
  }
}

function isTable(value: unknown): value is TomlTable {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

function refuseUnknown(
  file: string,
  given: ReadonlyMap<string, unknown>,
  keys: readonly ConfigKey[],
): void {
  const names = new Set(keys.map((key) => key.name));
  const sections = new Set(keys.map((key) => sectionOf(key.name)));
  for (const key of given.keys()) {
    const section = sectionOf(key);
    const foreign =
      !sections.has(section) && (given.has(section + ADDRESS) || SERVICE_SECTIONS.has(section));
    if (names.has(key) || foreign) continue;
    const nearest = nearestName(key, [...names]);
    const hint = nearest === undefined ? "" : `; the nearest known one is "${nearest}"`;
    throw new ConfigError(`${file}: unknown key "${key}"${hint} (--help-config lists all)`);
  }
}

function valueOf(
  file: string,
  given: ReadonlyMap<string, unknown>,
  key: ConfigKey,
  environment: Environment,
): string {
  const variable = variableOf(key.name);
  const fromEnvironment = environment[variable];
  const value: unknown = fromEnvironment ?? given.get(key.name) ?? key.default;
  if (value === undefined) {
    throw new ConfigError(
      `${file}: the key "${key.name}" is missing: ${key.help} (or set ${variable})`,
    );
  }
  // The environment and the defaults have nothing but text; the file has kinds of its own.
  const isText = fromEnvironment !== undefined || !given.has(key.name);
  if (typeof value === "string" && (key.kind === "text" || (isText && WHOLE_NUMBER.test(value)))) {
    return value;
  }
  if (key.kind === "a whole number" && Number.isSafeInteger(value)) return String(Number(value));
  const where = fromEnvironment === undefined ? file : `environment variable ${variable}`;
  throw new ConfigError(`${where}: "${key.name}" has to be ${key.kind}`);
}

/** The name that takes the fewest changes of a letter; none when all are far away. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Math.max(3, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance = editDistance(name, candidate);
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
