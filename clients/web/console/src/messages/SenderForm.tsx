import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords } from "../shared/words";
import { useRequestId } from "./queries";

interface Sender {
  url: string;
  version: number;
}

function useSender() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "http channel"],
    // A query's data is never undefined; a shop without a sender has version 0.
    queryFn: async ({ signal }): Promise<Sender> => {
      const { channel } = await api.notifications.getHttpChannel({}, { signal });
      return { url: channel?.url ?? "", version: channel?.version ?? 0 };
    },
    // A form is filled from it: what was read for an earlier one is not kept.
    gcTime: 0,
  });
}

// Where the shop's own sender listens. An admin sets it, and sees its secret once.
export function SenderForm() {
  const { t } = useWords();
  const read = useSender();
  return (
    <section aria-label={t("messages.senderTitle")}>
      <h2>{t("messages.senderTitle")}</h2>
      <p className="quiet">{t("messages.senderHint")}</p>
      <Loaded of={read} rows={1}>
        {(sender) => <Entering of={sender} />}
      </Loaded>
    </section>
  );
}

function Entering({ of }: { of: Sender }) {
  const { t } = useWords();
  const { api, shop, can } = useWork();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<{ url: string }>();
  // The form keeps the version that it was filled from, until the newer one is loaded into it.
  const [version, setVersion] = useState(of.version);
  const read = useSender();
  const set = useMutation({
    mutationFn: (request: Sender) =>
      api.notifications.setHttpChannel({ ...request, requestId: requestId(request) }),
    onSuccess: ({ channel }) => channel && setVersion(channel.version),
    onSettled: () => queries.invalidateQueries({ queryKey: [shop.shopId, "http channel"] }),
  });
  const load = () =>
    void read.refetch().then(({ data }) => {
      if (!data) return;
      form.setFieldsValue({ url: data.url });
      setVersion(data.version);
      set.reset();
    });
  return (
    <>
      <Form<{ url: string }>
        form={form}
        layout="inline"
        initialValues={{ url: of.url }}
        onFinish={({ url }) => set.mutate({ url, version })}
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
      <SaveNotice error={set.error} onLoad={load} />
      {set.data && (
        <Alert
          type="warning"
          showIcon
          title={t("messages.senderSecret", { secret: set.data.secret })}
        />
      )}
    </>
  );
}
