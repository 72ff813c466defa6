import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { useWords } from "../shared/words";
import { useRequestId } from "./queries";

// Where the shop's own sender listens. An admin sets it, and sees its secret once.
export function SenderForm() {
  const { t } = useWords();
  const { api, shop, can } = useWork();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const queryKey = [shop.shopId, "http channel"];
  const read = useQuery({
    queryKey,
    // A query's data is never undefined; a shop without a sender has version 0.
    queryFn: async ({ signal }) => {
      const { channel } = await api.notifications.getHttpChannel({}, { signal });
      return { url: channel?.url ?? "", version: channel?.version ?? 0 };
    },
  });
  const set = useMutation({
    mutationFn: (request: { url: string; version: number }) =>
      api.notifications.setHttpChannel({ ...request, requestId: requestId(request) }),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <section aria-label={t("messages.senderTitle")}>
      <h2>{t("messages.senderTitle")}</h2>
      <p className="quiet">{t("messages.senderHint")}</p>
      <Loaded of={read} rows={1}>
        {({ url, version }) => (
          <Form<{ url: string }>
            key={version}
            layout="inline"
            initialValues={{ url }}
            onFinish={(entered) => set.mutate({ url: entered.url, version })}
          >
            <Form.Item name="url" label={t("messages.senderUrl")} rules={[{ required: true }]}>
              <Input
                className="wide-input"
                type="url"
                placeholder="https://"
                autoComplete="off"
                disabled={!can("ROLE_ADMIN")}
              />
            </Form.Item>
            {can("ROLE_ADMIN") && (
              <Button htmlType="submit" loading={set.isPending}>
                {t("messages.senderSet")}
              </Button>
            )}
          </Form>
        )}
      </Loaded>
      {set.error && <ErrorNotice error={set.error} />}
      {set.data && (
        <Alert
          type="warning"
          showIcon
          title={t("messages.senderSecret", { secret: set.data.secret })}
        />
      )}
    </section>
  );
}
