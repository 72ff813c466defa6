// The keys that the bridge knows, and what they come to.
import path from "node:path";

import { Config, ConfigError, type ConfigKey, type Environment } from "@redress/program/config";
import {
  atLeastOne,
  clockOffsetFileOf,
  hostAndPort,
  logLevelOf,
  read,
  type LogLevel,
} from "@redress/program/values";

import type { Warehouse } from "./mapping/orders.ts";
import type { Partner } from "./protocol/envelope.ts";
import type { Credentials } from "./redress/account.ts";
import type { WmsSettings } from "./wms.ts";

const text = (name: string, help: string, otherwise?: string): ConfigKey =>
  otherwise === undefined
    ? { name, kind: "text", help }
    : { name, kind: "text", default: otherwise, help };
const whole = (name: string, help: string, otherwise: number): ConfigKey => ({
  name,
  kind: "a whole number",
  default: String(otherwise),
  help,
});

export const KEYS: readonly ConfigKey[] = [
  text("deployment.kind", "production, development or test"),
  text("deployment.state_directory", "where a test deployment keeps its switches", ""),
  text(
    "deployment.clock_offset_file",
    "microseconds to add to the clock; only in a test deployment",
    "",
  ),
  text("deployment.log_level", "debug, info, warning or error", "info"),
  text("tls.ca_file", "the CA that signs the services' certificates, PEM"),
  text("tls.certificate_directory", "has qimen.crt and qimen.key, PEM"),
  text("qimen.address", "host:port to listen on, HTTPS"),
  whole("qimen.metrics_port", "port on 127.0.0.1 for Prometheus; 0 picks a free one", 0),
  text(
    "qimen.certificate_file",
    "the certificate that the warehouse system sees, PEM; empty for the one in " +
      "tls.certificate_directory",
    "",
  ),
  text("qimen.key_file", "its private key, PEM", ""),
  text(
    "qimen.wms_url",
    "where the warehouse system takes requests; https, or http on this machine",
  ),
  text("qimen.wms_ca_file", "a CA that it is trusted by besides the system's, PEM", ""),
  whole("qimen.wms_timeout_ms", "how long it gets for an answer", 10_000),
  text(
    "qimen.known_codes",
    "codes of its failures that say that it knows the order already, separated by commas",
    "",
  ),
  text("qimen.app_key", "the app_key of both directions"),
  text("qimen.customer_id", "the customerId of both directions"),
  text("qimen.secret_file", "has the secret that signs both directions"),
  whole("qimen.most_age_s", "how old a request's timestamp may be, either way", 600),
  text("qimen.warehouse_code", "the warehouse in orders", "OTHER"),
  text("qimen.owner_code", "the owner of the goods in orders"),
  text("qimen.account", "the bridge's account, with the role integration or warehouse"),
  text("qimen.password_file", "has its password"),
  text("qimen.shop", "the shop's number; empty for the account's only shop", ""),
  whole("qimen.lease_s", "for how long a task is claimed at a time, at most a day", 3_600),
  whole("qimen.orders_at_once", "most orders that are sent at once", 4),
];

export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly logLevel: LogLevel;
  /** Of a test deployment whose time can be moved. */
  readonly clockOffsetFile: string | undefined;
  readonly served: { readonly certificate: string; readonly key: string };
  /** The services' CA, and where they are. */
  readonly ca: string;
  readonly identityAddress: string;
  readonly aftersalesAddress: string;
  readonly wms: WmsSettings;
  readonly wmsCa: string | undefined;
  readonly partner: Partner;
  readonly mostAgeMs: number;
  readonly warehouse: Warehouse;
  readonly credentials: Credentials;
  readonly leaseSeconds: number;
  readonly ordersAtOnce: number;
}

const LONGEST_LEASE_S = 86_400;

/** Reads the configuration and every file that it names. Throws ConfigError. */
export function loadSettings(file: string, environment: Environment): Settings {
  const config = Config.parse(read(file), file, KEYS, environment);
  const [host, port] = hostAndPort(config.text("qimen.address"), "qimen.address");
  const directory = config.path("tls.certificate_directory");
  const partner: Partner = {
    appKey: config.text("qimen.app_key"),
    customerId: config.text("qimen.customer_id"),
    secret: secretIn(config, "qimen.secret_file"),
  };
  return {
    host,
    port,
    metricsPort: config.number("qimen.metrics_port"),
    logLevel: logLevelOf(config),
    clockOffsetFile: clockOffsetFileOf(config),
    served: {
      certificate: read(
        fileOf(config, "qimen.certificate_file", path.join(directory, "qimen.crt")),
      ),
      key: read(fileOf(config, "qimen.key_file", path.join(directory, "qimen.key"))),
    },
    ca: read(config.path("tls.ca_file")),
    identityAddress: addressOf(config, "identity"),
    aftersalesAddress: addressOf(config, "aftersales"),
    partner,
    wms: {
      url: wmsUrlOf(config),
      partner,
      timeoutMs: atLeastOne(config, "qimen.wms_timeout_ms"),
      knownCodes: new Set(
        config
          .text("qimen.known_codes")
          .split(/[\s,]+/)
          .filter(Boolean),
      ),
    },
    wmsCa: config.has("qimen.wms_ca_file") ? read(config.path("qimen.wms_ca_file")) : undefined,
    mostAgeMs: atLeastOne(config, "qimen.most_age_s") * 1000,
    warehouse: {
      warehouseCode: config.text("qimen.warehouse_code"),
      ownerCode: config.text("qimen.owner_code"),
    },
    credentials: {
      accountName: config.text("qimen.account"),
      password: secretIn(config, "qimen.password_file"),
      shopId: config.text("qimen.shop"),
    },
    leaseSeconds: Math.min(atLeastOne(config, "qimen.lease_s"), LONGEST_LEASE_S),
    ordersAtOnce: atLeastOne(config, "qimen.orders_at_once"),
  };
}

function fileOf(config: Config, key: string, otherwise: string): string {
  return config.has(key) ? config.path(key) : otherwise;
}

function secretIn(config: Config, key: string): string {
  const secret = read(config.path(key)).trim();
  if (secret === "")
    throw new ConfigError(`${config.path(key)} is empty: write the secret into it`);
  return secret;
}

function addressOf(config: Config, area: string): string {
  const address = config.addresses.get(area);
  if (address === undefined) {
    throw new ConfigError(`the key "${area}.address" is missing: the bridge needs the service`);
  }
  hostAndPort(address, `${area}.address`);
  return address;
}

// The signature hides nothing of a message.
function wmsUrlOf(config: Config): string {
  const given = config.text("qimen.wms_url");
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(url?.hostname ?? "");
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback);
  if (!isSafe || url.search !== "" || url.username !== "") {
    throw new ConfigError(
      `qimen.wms_url is "${given}"; it has to be an https address without a query and a user ` +
        "(http only for this machine)",
    );
  }
  return url.href;
}
