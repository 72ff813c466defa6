// The keys that the gateway knows, and what they come to.
import path from "node:path";

import { Config, ConfigError, type ConfigKey, type Environment } from "@redress/program/config";
import {
  atLeastOne,
  clockOffsetFileOf,
  hostAndPort,
  isMissing,
  logLevelOf,
  read,
  readBytes,
  type LogLevel,
} from "@redress/program/values";

export const KEYS: readonly ConfigKey[] = [
  { name: "deployment.kind", kind: "text", help: "production, development or test" },
  {
    name: "deployment.state_directory",
    kind: "text",
    default: "",
    help: "where a test deployment keeps its switches",
  },
  {
    name: "deployment.clock_offset_file",
    kind: "text",
    default: "",
    help: "microseconds to add to the clock; only in a test deployment",
  },
  {
    name: "deployment.log_level",
    kind: "text",
    default: "info",
    help: "debug, info, warning or error",
  },
  { name: "tls.ca_file", kind: "text", help: "the CA that signs every certificate here, PEM" },
  {
    name: "tls.certificate_directory",
    kind: "text",
    help: "has gateway.crt and gateway.key, PEM: how services know the gateway",
  },
  {
    name: "keys.directory",
    kind: "text",
    help:
      "has gateway.key, 32 bytes, which seals the session cookies; while it is being replaced, " +
      "gateway.previous.key still opens them",
  },
  { name: "gateway.address", kind: "text", help: "host:port to listen on, HTTPS" },
  {
    name: "gateway.metrics_port",
    kind: "a whole number",
    default: "0",
    help: "port on 127.0.0.1 for Prometheus; 0 picks a free one",
  },
  {
    name: "gateway.certificate_file",
    kind: "text",
    default: "",
    help: "the certificate that browsers see, PEM; empty for the one in tls.certificate_directory",
  },
  { name: "gateway.key_file", kind: "text", default: "", help: "its private key, PEM" },
  {
    name: "gateway.console_directory",
    kind: "text",
    default: "",
    help: "the console's built files; empty for those of this checkout",
  },
  {
    name: "gateway.calls",
    kind: "a whole number",
    default: "1000",
    help: "most unary calls at once; more are refused",
  },
  {
    name: "gateway.streams",
    kind: "a whole number",
    default: "1000",
    help: "most open streams; more are refused",
  },
  {
    name: "gateway.streams_per_caller",
    kind: "a whole number",
    default: "32",
    help: "most open streams of one session or token",
  },
  {
    name: "gateway.unary_timeout_ms",
    kind: "a whole number",
    default: "30000",
    help: "the deadline of a unary call whose caller names none",
  },
  {
    name: "gateway.grace_ms",
    kind: "a whole number",
    default: "10000",
    help: "how long calls may go on after SIGTERM",
  },
];

export interface Identity {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly logLevel: LogLevel;
  /** Of a test deployment whose time can be moved. */
  readonly clockOffsetFile: string | undefined;
  /** What browsers see. */
  readonly served: { readonly certificate: string; readonly key: string };
  /** What services see. */
  readonly identity: Identity;
  /** 32 bytes each; the first seals, all open. */
  readonly cookieKeys: readonly Buffer[];
  /** "host:port" by area: identity, order, … */
  readonly upstreams: ReadonlyMap<string, string>;
  readonly consoleDirectory: string;
  readonly limits: {
    readonly calls: number;
    readonly streams: number;
    readonly streamsPerCaller: number;
  };
  readonly unaryTimeoutMs: number;
  readonly graceMs: number;
}

const COOKIE_KEY_BYTES = 32;
// They have an address and are no services.
const OTHER_PROGRAMS = ["gateway", "qimen"];

/** Reads the configuration and every file that it names. Throws ConfigError. */
export function loadSettings(file: string, environment: Environment): Settings {
  const config = Config.parse(read(file), file, KEYS, environment);
  const [host, port] = hostAndPort(config.text("gateway.address"), "gateway.address");
  const directory = config.path("tls.certificate_directory");
  const identity = {
    ca: read(config.path("tls.ca_file")),
    certificate: read(path.join(directory, "gateway.crt")),
    key: read(path.join(directory, "gateway.key")),
  };
  return {
    host,
    port,
    metricsPort: config.number("gateway.metrics_port"),
    logLevel: logLevelOf(config),
    clockOffsetFile: clockOffsetFileOf(config),
    served: {
      certificate: config.has("gateway.certificate_file")
        ? read(config.path("gateway.certificate_file"))
        : identity.certificate,
      key: config.has("gateway.key_file") ? read(config.path("gateway.key_file")) : identity.key,
    },
    identity,
    cookieKeys: readCookieKeys(config.path("keys.directory")),
    upstreams: upstreamsOf(config),
    consoleDirectory: config.has("gateway.console_directory")
      ? config.path("gateway.console_directory")
      : path.resolve(import.meta.dirname, "../../console/dist"),
    limits: {
      calls: atLeastOne(config, "gateway.calls"),
      streams: atLeastOne(config, "gateway.streams"),
      streamsPerCaller: atLeastOne(config, "gateway.streams_per_caller"),
    },
    unaryTimeoutMs: atLeastOne(config, "gateway.unary_timeout_ms"),
    graceMs: atLeastOne(config, "gateway.grace_ms"),
  };
}

function upstreamsOf(config: Config): ReadonlyMap<string, string> {
  const upstreams = new Map(config.addresses);
  for (const program of OTHER_PROGRAMS) upstreams.delete(program);
  for (const [area, address] of upstreams) hostAndPort(address, `${area}.address`);
  return upstreams;
}

function readCookieKeys(directory: string): Buffer[] {
  const keys = [readKey(path.join(directory, "gateway.key"))];
  try {
    keys.push(readKey(path.join(directory, "gateway.previous.key")));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return keys;
}

function readKey(file: string): Buffer {
  const key = readBytes(file);
  if (key.length !== COOKIE_KEY_BYTES) {
    throw new ConfigError(`${file} has ${key.length} bytes; a key has ${COOKIE_KEY_BYTES}`);
  }
  return key;
}
