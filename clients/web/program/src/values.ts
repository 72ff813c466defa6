// Values of the configuration that are read alike by every program. All throw ConfigError.
import { readFileSync } from "node:fs";

import { ConfigError, type Config } from "./config.ts";

export type LogLevel = "debug" | "info" | "warning" | "error";

export function read(file: string): string {
  return readBytes(file).toString("utf8");
}

export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new ConfigError(`cannot read ${file}: ${code}`, { cause: error });
  }
}

export function isMissing(error: unknown): boolean {
  const cause: unknown = error instanceof ConfigError ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}

export function atLeastOne(config: Config, key: string): number {
  const value = config.number(key);
  if (value < 1) throw new ConfigError(`"${key}" has to be at least 1, not ${value}`);
  return value;
}

export function oneOf<T extends string>(config: Config, key: string, allowed: readonly T[]): T {
  const value = config.text(key);
  const found = allowed.find((word) => word === value);
  if (found === undefined) {
    throw new ConfigError(`${key} is "${value}"; it has to be one of ${allowed.join(", ")}`);
  }
  return found;
}

export function logLevelOf(config: Config): LogLevel {
  return oneOf(config, "deployment.log_level", ["debug", "info", "warning", "error"] as const);
}

/** The file that moves a test deployment's time; undefined where time is the system's. */
export function clockOffsetFileOf(config: Config): string | undefined {
  const kind = oneOf(config, "deployment.kind", ["production", "development", "test"] as const);
  if (!config.has("deployment.clock_offset_file")) return undefined;
  if (kind !== "test") {
    throw new ConfigError(
      `deployment.clock_offset_file is for deployments of kind test, this one is ${kind}; remove the key`,
    );
  }
  return config.path("deployment.clock_offset_file");
}

export function hostAndPort(address: string, what: string): [string, number] {
  const match = /^(?<host>[^:/\s]+|\[[0-9a-fA-F:]+\]):(?<port>\d{1,5})$/.exec(address);
  const port = Number(match?.groups?.["port"] ?? -1);
  if (match?.groups?.["host"] === undefined || port < 0 || port > 65535) {
    throw new ConfigError(`"${what}" has to be host:port, not "${address}"`);
  }
  return [match.groups["host"].replace(/^\[|\]$/g, ""), port];
}
