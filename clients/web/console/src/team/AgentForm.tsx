import { useMutation, useQueryClient } from "@tanstack/react-query";
import { AutoComplete, Button, Form, InputNumber, Modal, Select } from "antd";
import { useRef } from "react";
import { kinds } from "../case/queries";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { useTeams, type Worker } from "./queries";

interface Entered {
  team: string;
  kinds: string[];
  mostOpenCases: number;
}

// How one agent works: team, skill, cap.
export function AgentForm({ of, onClose }: { of: Worker; onClose: () => void }) {
  const { t, name } = useWords();
  const teams = useTeams();
  const [form] = Form.useForm<Entered>();
  const update = useUpdate(of, onClose);
  return (
    <Modal
      open
      title={t("team.editTitle", { name: of.displayName })}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="primary" loading={update.isPending} onClick={() => form.submit()}>
            {t("team.save")}
          </Button>
        </>
      }
    >
      <Form<Entered>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ team: of.team, kinds: of.kinds, mostOpenCases: of.mostOpenCases }}
        onFinish={(entered) => update.mutate(entered)}
      >
        {update.error && <ErrorNotice error={update.error} />}
        <Form.Item
          name="team"
          label={t("team.team")}
          extra={t("team.teamHint")}
          rules={[{ max: 40, message: t("form.tooLong", { count: 40 }) }]}
        >
          <AutoComplete options={teams.map((value) => ({ value }))} />
        </Form.Item>
        <Form.Item name="kinds" label={t("team.kinds")} extra={t("team.kindsHint")}>
          <Select
            mode="multiple"
            options={kinds.map((value) => ({ value, label: name("kind", value) }))}
          />
        </Form.Item>
        <Form.Item
          name="mostOpenCases"
          label={t("team.mostOpenCases")}
          extra={t("team.mostOpenCasesHint")}
          rules={[{ required: true, message: t("form.notNumber") }]}
        >
          <InputNumber min={1} max={200} precision={0} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function useUpdate(of: Worker, onClose: () => void) {
  const { api, shop } = useWork();
  const queries = useQueryClient();
  const requests = useRef({ content: "", id: newRequestId() });
  return useMutation({
    mutationFn: (entered: Entered) => {
      const content = JSON.stringify(entered);
      if (requests.current.content !== content) requests.current = { content, id: newRequestId() };
      return api.agents.updateAgent({
        requestId: requests.current.id,
        accountId: of.accountId,
        version: of.version,
        team: entered.team.trim(),
        kinds: entered.kinds,
        mostOpenCases: entered.mostOpenCases,
      });
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: [shop.shopId, "agents"] }),
  });
}
