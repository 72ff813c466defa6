import { Code } from "@connectrpc/connect";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import type { TFunction } from "i18next";
import { Navigate, useLocation } from "react-router";
import { isRefusal, refusalOf, refusalText } from "../shared/api/refusal";
import { LanguageSwitch } from "../shared/ui/LanguageSwitch";
import { useWords } from "../shared/words";
import { logIn, readSession } from "./session";
import { sessionKey, type ComingFrom } from "./SignedIn";

interface Entered {
  account: string;
  password: string;
}

function problemText(error: unknown, t: TFunction): string {
  const refusal = refusalOf(error);
  if (isRefusal(error, Code.Unauthenticated)) return t("login.wrong");
  if (refusal.reason === "LOG_IN_THROTTLED") {
    const seconds = Math.ceil((refusal.retryAfterMillis ?? 1000) / 1000);
    return t("login.throttled", { seconds });
  }
  return refusalText(refusal, t);
}

export function LogInPage() {
  const { t } = useWords();
  const coming = useLocation().state as ComingFrom | null;
  const queries = useQueryClient();
  const session = useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: Infinity });
  const attempt = useMutation({
    mutationFn: ({ account, password }: Entered) => logIn(account.trim(), password),
    onSuccess: (started) => {
      queries.clear();
      queries.setQueryData(sessionKey, started);
    },
  });
  if (session.data) return <Navigate to={coming?.from ?? "/"} replace />;
  const notice = { expired: t("login.expired"), left: t("login.loggedOut") };
  return (
    <main className="log-in">
      <div className="log-in-card">
        <header>
          <img src="/mark.svg" alt="" width="36" height="36" />
          <div>
            <h1>{t("app.name")}</h1>
            <p className="quiet">{t("login.slogan")}</p>
          </div>
          <LanguageSwitch />
        </header>
        {attempt.error ? (
          <Alert type="error" showIcon role="alert" title={problemText(attempt.error, t)} />
        ) : (
          coming?.why && <Alert type="info" showIcon title={notice[coming.why]} />
        )}
        <LogInForm busy={attempt.isPending} onSubmit={(entered) => attempt.mutate(entered)} />
      </div>
    </main>
  );
}

function LogInForm(props: { busy: boolean; onSubmit: (entered: Entered) => void }) {
  const { t } = useWords();
  return (
    <Form<Entered> layout="vertical" requiredMark={false} size="large" onFinish={props.onSubmit}>
      <Form.Item
        name="account"
        label={t("login.account")}
        rules={[{ required: true, whitespace: true, message: t("login.accountMissing") }]}
      >
        <Input autoFocus autoComplete="username" autoCapitalize="off" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("login.password")}
        rules={[{ required: true, message: t("login.passwordMissing") }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={props.busy}>
        {t("login.submit")}
      </Button>
    </Form>
  );
}
