import type { Segment } from "@redress/contract/redress/customer/v1/segment_service_pb";
import { Code } from "@connectrpc/connect";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { DefinitionError } from "../conditions/CircleNotice";
import { ConditionInput } from "../conditions/ConditionInput";
import { isRefusal } from "../shared/api/refusal";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords } from "../shared/words";
import { useSegments, useSetSegment, type SegmentSettings } from "./queries";

type Entered = Omit<SegmentSettings, "version">;

function initialOf(of: Segment | null): Entered {
  const { segmentCode = "", nameZh = "", nameEn = "", expression = "" } = of ?? {};
  return { segmentCode, nameZh, nameEn, expression };
}

// A named condition; null for a new one.
export function SegmentForm({ of, onDone }: { of: Segment | null; onDone: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<Entered>();
  const [version, setVersion] = useState(of?.version ?? 0);
  const segments = useSegments(false);
  const set = useSetSegment(onDone);
  const load = () => {
    const now = segments.data?.find((one) => one.segmentCode === of?.segmentCode);
    if (!now) return;
    form.setFieldsValue(initialOf(now));
    setVersion(now.version);
    set.reset();
  };
  const needed = [{ required: true, whitespace: true, message: t("webhook.missing") }];
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initialOf(of)}
      onFinish={(entered) => set.mutate({ ...entered, version })}
    >
      {set.error && isRefusal(set.error, Code.Aborted) ? (
        <SaveNotice error={set.error} onLoad={load} />
      ) : (
        set.error && <DefinitionError error={set.error} />
      )}
      <Form.Item
        name="segmentCode"
        label={t("tag.code")}
        extra={t("tag.codeHint")}
        rules={[...needed, { pattern: /^[a-z][a-z0-9_]*$/, message: t("tag.codeHint") }]}
      >
        <Input disabled={of !== null} autoFocus={of === null} autoComplete="off" maxLength={40} />
      </Form.Item>
      <div className="two-columns">
        <Form.Item name="nameZh" label={t("tag.nameZh")} rules={needed}>
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item name="nameEn" label={t("tag.nameEn")} rules={needed}>
          <Input autoComplete="off" maxLength={60} />
        </Form.Item>
      </div>
      <Form.Item
        name="expression"
        label={t("tagRule.condition")}
        rules={[{ required: true, whitespace: true, message: t("condition.missing") }]}
      >
        <ConditionInput />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={set.isPending}>
        {t("common.save")}
      </Button>
    </Form>
  );
}
