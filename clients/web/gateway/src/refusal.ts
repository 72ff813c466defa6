// What the gateway itself refuses: a code, a reason for programs, a text in the caller's language
// that says what to do. Built like the services' refusals (google.rpc.ErrorInfo, domain "redress"),
// so that a client need not know who refused.
import { Code, ConnectError } from "@connectrpc/connect";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  RetryInfoSchema,
} from "@redress/contract/google/rpc/error_details_pb";

export type Language = "en" | "zh";

interface Entry {
  readonly code: Code;
  readonly en: string;
  readonly zh: string;
}

// {name} is replaced by the refusal's parameter of that name.
const CATALOGUE = {
  TOKEN_MISSING: {
    code: Code.Unauthenticated,
    en: "Log in: POST /session from a browser, or send an access token as authorization: Bearer ….",
    zh: "请先登录:浏览器使用 POST /session,程序请在 authorization 中发送 Bearer 访问令牌。",
  },
  SESSION_ENDED: {
    code: Code.Unauthenticated,
    en: "Your session has ended; log in again.",
    zh: "会话已结束,请重新登录。",
  },
  CSRF_REFUSED: {
    code: Code.PermissionDenied,
    en: "Send the csrfToken of GET /session as header x-redress-csrf with calls of a browser session.",
    zh: "浏览器会话的调用必须在请求头 x-redress-csrf 中携带 GET /session 返回的 csrfToken。",
  },
  ORIGIN_REFUSED: {
    code: Code.PermissionDenied,
    en: "A browser session can only be used by pages of this address.",
    zh: "浏览器会话只能由本站页面使用。",
  },
  OVERLOADED: {
    code: Code.ResourceExhausted,
    en: "Too much is going on at once; try again in {seconds} s.",
    zh: "当前请求过多,请在 {seconds} 秒后重试。",
  },
  TOO_MANY_STREAMS: {
    code: Code.ResourceExhausted,
    en: "This session has {limit} streams open, as many as it may; close one first.",
    zh: "该会话已打开 {limit} 个数据流,达到上限;请先关闭一个。",
  },
  STOPPING: {
    code: Code.Unavailable,
    en: "The gateway is stopping; connect again.",
    zh: "网关正在停止,请重新连接。",
  },
  SERVICE_UNAVAILABLE: {
    code: Code.Unavailable,
    en: "The {area} service does not answer; try again shortly.",
    zh: "{area} 服务没有响应,请稍后重试。",
  },
  SERVICE_NOT_NAMED: {
    code: Code.InvalidArgument,
    en: "Many services serve this method; name one in the header x-redress-service, e.g. order.",
    zh: "多个服务提供该方法;请在请求头 x-redress-service 中指定一个,例如 order。",
  },
  SERVICE_ABSENT: {
    code: Code.Unavailable,
    en: "This deployment has no {area} service: set [{area}] address in its configuration.",
    zh: "该部署没有 {area} 服务:请在配置中设置 [{area}] address。",
  },
  DEADLINE_EXCEEDED: {
    code: Code.DeadlineExceeded,
    en: "The {area} service did not answer in time; a repeat with the same request_id is safe.",
    zh: "{area} 服务未能及时响应;使用相同的 request_id 重试是安全的。",
  },
  INVALID_REQUEST: {
    code: Code.InvalidArgument,
    en: "The request is not valid; see the fields.",
    zh: "请求无效,请查看各字段。",
  },
  NOT_FOUND: {
    code: Code.NotFound,
    en: "There is nothing at this address.",
    zh: "此地址没有内容。",
  },
  INTERNAL: {
    code: Code.Internal,
    en: "Something went wrong on our side; report the trace id {trace_id}.",
    zh: "系统内部出错,请报告追踪编号 {trace_id}。",
  },
} as const satisfies Record<string, Entry>;

export type Reason = keyof typeof CATALOGUE;

export interface RefusalParts {
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly retryAfterSeconds?: number;
  readonly fields?: readonly { readonly field: string; readonly description: string }[];
}

export function refusal(
  reason: Reason,
  language: Language,
  parts: RefusalParts = {},
): ConnectError {
  const entry = CATALOGUE[reason];
  const metadata = Object.fromEntries(
    Object.entries(parts.parameters ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const text = entry[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => metadata[name] ?? "");
  const error = new ConnectError(text, entry.code);
  error.details.push({ desc: ErrorInfoSchema, value: { reason, domain: "redress", metadata } });
  if (parts.retryAfterSeconds !== undefined) {
    const seconds = parts.retryAfterSeconds;
    error.details.push({
      desc: RetryInfoSchema,
      value: { retryDelay: { seconds: BigInt(seconds), nanos: 0 } },
    });
    error.metadata.set("retry-after", String(seconds));
  }
  if (parts.fields !== undefined) {
    error.details.push({
      desc: BadRequestSchema,
      value: { fieldViolations: parts.fields.map((field) => ({ ...field })) },
    });
  }
  return error;
}

/** The first of our languages in the order that `accept-language` prefers; English otherwise. */
export function languageOf(acceptLanguage: string | null | undefined): Language {
  const wishes = (acceptLanguage ?? "")
    .slice(0, 200)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const q = parameters.map((p) => p.trim()).find((p) => p.startsWith("q="));
      return { tag: tag.trim(), quality: q === undefined ? 1 : Number(q.slice(2)) };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wishes) {
    const primary = tag.split("-")[0];
    if (primary === "zh" || primary === "en") return primary;
  }
  return "en";
}
